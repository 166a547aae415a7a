import { packaging } from '../stages/build.ts';
import { integration } from '../stages/integration.ts';
import { grepArgument, runStages } from '../stages/program.ts';

await runStages([packaging], [integration(grepArgument())]);
