import { glob } from 'node:fs/promises';
import { root } from '../vscode/paths.ts';
import { runMocha } from '../stages/mocha.ts';
import { grepArgument, runStages } from '../stages/program.ts';
import { sum } from '../stages/tally.ts';

const grep = grepArgument();

await runStages([
  {
    title: 'Long tests',
    run: async () => {
      const files = await Array.fromAsync(glob('test/long/**/*.test.ts', { cwd: root }));
      return files.length === 0
        ? sum([])
        : runMocha([
            '--no-config',
            '--no-package',
            '--timeout=0',
            '--require=./test/support/vscode/register.ts',
            ...(grep ? [`--grep=${grep}`] : []),
            ...files.sort(),
          ]);
    },
  },
]);
