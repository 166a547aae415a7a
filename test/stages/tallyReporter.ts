import Mocha from 'mocha';
import type { Tally } from './tally.ts';

/** Mocha's usual report, and at the end the counts for the process that started mocha. */
export class TallyReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once('end', () => process.send?.(tallyOf(runner)));
  }
}

export default TallyReporter;

/** Counts of a run that has ended. A failed hook counts as one failure. */
export function tallyOf(runner: Mocha.Runner): Tally {
  const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
  return { passed: passes, failed: failures, skipped: pending };
}
