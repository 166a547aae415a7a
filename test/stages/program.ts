import { availableParallelism } from 'node:os';
import { inspect, parseArgs } from 'node:util';
import { exitOnSignals } from '../vscode/ending.ts';
import { HeldOutput, Slots, type StageRun } from './stageRun.ts';
import { oneFailed, sum, type Tally } from './tally.ts';

/** One part of a test run, under a heading of its own. */
export interface Stage {
  readonly title: string;
  run(within: StageRun): Promise<Tally>;
}

/**
 * Runs groups of stages one after the other, whatever became of those before, and ends the process: with the line that counts all of
 * them as its last, and code 0 if nothing failed. The stages of a group run side by side, for few keep more than one processor busy;
 * each is printed as a whole, the first of those that still run while it runs. A stage that throws counts as one failure.
 */
export async function runStages(...groups: readonly (readonly Stage[])[]): Promise<never> {
  exitOnSignals();
  // Tests that drive a browser keep a processor busy each; with more at a time they would wait for each other.
  const slots = new Slots(Math.min(2, availableParallelism()));
  const tallies: Tally[] = [];
  for (const stages of groups) {
    const running = stages.map((stage) => begin(stage, slots));
    for (const { output, tally } of running) {
      output.open();
      tallies.push(await tally);
    }
  }
  return end(sum(tallies));
}

function begin(stage: Stage, slots: Slots): { readonly output: HeldOutput; readonly tally: Promise<Tally> } {
  const output = new HeldOutput();
  return { output, tally: runStage(stage, output, slots) };
}

async function runStage(stage: Stage, output: HeldOutput, slots: Slots): Promise<Tally> {
  const { title } = stage;
  let began: number | undefined;
  const within: StageRun = {
    log: (words) => output.write(`${words}\n`),
    write: (text) => output.write(text),
    job: (work) =>
      slots.use(() => {
        began ??= Date.now();
        return work();
      }),
  };
  within.log(`\n━━ ${title} ${'━'.repeat(Math.max(0, 76 - title.length))}\n`);
  const tally = await stage.run(within).catch((error: unknown) => {
    within.log(inspect(error));
    return oneFailed;
  });
  const seconds = (Date.now() - (began ?? Date.now())) / 1000;
  within.log(`\n${title}: ${line(tally)} in ${seconds.toFixed(1)} s`);
  return tally;
}

/** Prints the closing line and ends the process. */
function end(tally: Tally): never {
  console.log(`\n${line(tally)}`);
  process.exit(tally.failed === 0 ? 0 : 1);
}

function line({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** The value of `--grep` on our command line: run only the tests whose names match. */
export function grepArgument(): string | undefined {
  return parseArgs({ options: { grep: { type: 'string', short: 'g' } } }).values.grep;
}
