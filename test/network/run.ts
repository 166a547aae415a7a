import { packaging } from '../stages/build.ts';
import { network } from '../stages/network.ts';
import { grepArgument, runStages } from '../stages/program.ts';

await runStages([packaging], [network(grepArgument())]);
