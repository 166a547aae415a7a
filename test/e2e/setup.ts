import type { Context } from 'mocha';
import { endWithParent, exitOnSignals } from '../vscode/ending.ts';
import { openSessions } from './session.ts';
import { shot } from './workbench/workbench.ts';

/** mocha calls these around the tests of each file. */
export const mochaHooks = {
  beforeAll(this: Context): void {
    if (process.env['TEST_SKIP']) {
      this.skip();
    }
  },

  /** Where a test failed, pictures show what it saw. */
  async afterEach(this: Context): Promise<void> {
    if (this.currentTest?.state !== 'failed') {
      return;
    }
    const name = this.currentTest.fullTitle().replaceAll(/[^\p{L}\d]+/gu, '-');
    for (const [index, { page }] of [...openSessions].entries()) {
      await shot(page, `failed-${name.slice(0, 80)}-${index}`).catch(() => {});
    }
  },
};

exitOnSignals();
endWithParent();
