import { packageExtension } from '../stages/build.ts';
import { integration } from '../stages/integration.ts';
import { grepArgument, runStages } from '../stages/program.ts';

await packageExtension();
await runStages([integration(grepArgument())]);
