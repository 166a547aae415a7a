import { packaging } from '../stages/build.ts';
import { e2e } from '../stages/e2e.ts';
import { grepArgument, runStages } from '../stages/program.ts';

await runStages([packaging], [e2e(grepArgument())]);
