import { npmRun } from '../vscode/npm.ts';
import { runMocha } from './mocha.ts';
import type { Stage } from './program.ts';
import { oneFailed, onePassed } from './tally.ts';

/** What needs no VS Code: `npm run check` step by step, each check counted as one test. */
export const checks: readonly Stage[] = [
  check('Types', 'typecheck'),
  check('Lint', 'lint'),
  check('Format', 'format:check'),
  { title: 'Unit tests', run: () => runMocha(['test/unit/**/*.test.ts']) },
  { title: 'Streams recorded from real servers', run: () => runMocha(['test/streams/**/*.test.ts']) },
  {
    title: 'Windows that are killed, two at once, and one for a thousand turns',
    run: () => runMocha(['test/crash/**/*.test.ts']),
  },
  { title: 'What every Dify server does', run: () => runMocha(['test/contract/**/*.test.ts']) },
];

function check(title: string, script: string): Stage {
  return { title, run: async () => ((await npmRun(script)) ? onePassed : oneFailed) };
}
