import { npmRun } from '../vscode/npm.ts';
import { runMocha } from './mocha.ts';
import type { Stage } from './program.ts';
import { oneFailed, onePassed } from './tally.ts';

/** What needs no VS Code: `npm run check` step by step, each check counted as one test. */
export const checks: readonly Stage[] = [
  check('Types', 'typecheck'),
  check('Lint', 'lint'),
  check('Format', 'format:check'),
  tests('Unit tests', 'test/unit/**/*.test.ts'),
  tests('Streams recorded from real servers', 'test/streams/**/*.test.ts'),
  tests('Windows that are killed, two at once, and one for a thousand turns', 'test/crash/**/*.test.ts'),
  tests('What every Dify server does', 'test/contract/**/*.test.ts'),
];

function check(title: string, script: string): Stage {
  const run: Stage['run'] = ({ job, write }) =>
    job(async () => ((await npmRun({ script, write })) ? onePassed : oneFailed));
  return { title, run };
}

function tests(title: string, files: string): Stage {
  return { title, run: (within) => runMocha([files], within) };
}
