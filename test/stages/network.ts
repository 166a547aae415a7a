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
    run: async (within) => {
      if (!existsSync(path.join(root, 'dist/direct.cjs'))) {
        throw new Error('The direct transport is not built.');
      }
      const oldest = await ensureOldestNode(within.log);
      if (oldest === undefined) {
        within.log(`npm has no old Node for ${process.platform}-${process.arch}: only ${process.version} is tried.`);
      }
      const args = [
        '--no-config',
        '--no-package',
        '--timeout=120000',
        ...(grep === undefined ? [] : [`--grep=${grep}`]),
        'test/network/**/*.test.ts',
      ];
      const nodes = [...(oldest === undefined ? [] : [oldest]), process.execPath];
      const tally = await runMocha(args, within, { TEST_NODES: nodes.join(path.delimiter) });
      return oldest === undefined ? sum([tally, oneSkipped]) : tally;
    },
  };
}
