import { glob } from 'node:fs/promises';
import { ensureBrowser, NoBrowser } from '../vscode/browser.ts';
import { root } from '../vscode/paths.ts';
import { runMochaOnEach } from './mocha.ts';
import type { Stage } from './program.ts';
import { oneSkipped, sum } from './tally.ts';

/** The tests in `test/page`: the chat page, as it ships, in a browser without VS Code. They need `dist`. */
export const page = (grep?: string): Stage => ({
  title: 'Page tests',
  run: async (within) => {
    const files = await Array.fromAsync(glob('test/page/**/*.test.ts', { cwd: root }));
    if (files.length === 0) {
      return sum([]);
    }
    try {
      const browser = await ensureBrowser(within.log);
      const args = [
        '--no-config',
        '--no-package',
        '--timeout=120000',
        ...(grep === undefined ? [] : [`--grep=${grep}`]),
      ];
      return await runMochaOnEach(files, args, within, { CHROMIUM_PATH: browser });
    } catch (error) {
      if (error instanceof NoBrowser && process.platform !== 'linux') {
        within.log(`Skipped: ${error.message}`);
        return oneSkipped;
      }
      throw error;
    }
  },
});
