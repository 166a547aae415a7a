import { packaging } from '../stages/build.ts';
import { page } from '../stages/page.ts';
import { grepArgument, runStages } from '../stages/program.ts';

await runStages([packaging], [page(grepArgument())]);
