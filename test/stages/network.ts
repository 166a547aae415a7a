import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureOldestNode } from '../vscode/install.ts';
import { root } from '../vscode/paths.ts';
import { runMocha } from './mocha.ts';
import type { Stage } from './program.ts';
import { oneSkipped, sum } from './tally.ts';

/** The tests in `test/network`: both transports among proxies and certificates, on the oldest Node and on ours. They need `dist`. */
export function network(grep?: string): Stage {
  return {
    title: 'Networks',
    run: async () => {
      if (!existsSync(path.join(root, 'dist/direct.cjs'))) {
        throw new Error('The direct transport is not built.');
      }
      const oldest = await ensureOldestNode(console.log);
      if (oldest === undefined) {
        console.log(`npm has no old Node for ${process.platform}-${process.arch}: only ${process.version} is tried.`);
      }
      const tally = await runMocha(
        [
          '--no-config',
          '--no-package',
          '--timeout=120000',
          ...(grep === undefined ? [] : [`--grep=${grep}`]),
          'test/network/**/*.test.ts',
        ],
        { TEST_NODES: [...(oldest === undefined ? [] : [oldest]), process.execPath].join(path.delimiter) },
      );
      return oldest === undefined ? sum([tally, oneSkipped]) : tally;
    },
  };
}
