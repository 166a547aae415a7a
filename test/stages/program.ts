import { parseArgs } from 'node:util';
import { exitOnSignals } from '../vscode/ending.ts';
import { oneFailed, sum, type Tally } from './tally.ts';

/** One part of a test run, under a heading of its own. */
export interface Stage {
  readonly title: string;
  run(): Promise<Tally>;
}

/**
 * Runs the stages one after the other, whatever became of those before, and ends the process: with the line that counts all of them as
 * its last, and code 0 if nothing failed. A stage that throws counts as one failure.
 */
export async function runStages(stages: readonly Stage[]): Promise<never> {
  exitOnSignals();
  const tallies: Tally[] = [];
  for (const stage of stages) {
    const { title } = stage;
    const started = Date.now();
    console.log(`\n━━ ${title} ${'━'.repeat(Math.max(0, 76 - title.length))}\n`);
    const tally = await stage.run().catch((error: unknown) => {
      console.error(error);
      return oneFailed;
    });
    console.log(`\n${title}: ${line(tally)} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    tallies.push(tally);
  }
  return end(sum(tallies));
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
