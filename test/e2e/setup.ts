import type { Context } from 'mocha';
import { endWithParent, exitOnSignals } from '../vscode/ending.ts';
import { openSession, type Session } from './session.ts';
import { shot } from './workbench/workbench.ts';

let shared: Session | undefined;

/** The session that all test files share. What a test leaves open the next one finds open. */
export function session(): Session {
  if (shared === undefined) {
    throw new Error('The session opens before the first test.');
  }
  return shared;
}

/** mocha calls these around all test files. */
export const mochaHooks = {
  async beforeAll(this: Context): Promise<void> {
    if (process.env['TEST_SKIP']) {
      this.skip();
    }
    this.timeout(180_000);
    shared = await openSession();
  },

  async afterEach(this: Context): Promise<void> {
    if (this.currentTest?.state === 'failed' && shared !== undefined) {
      const name = this.currentTest.fullTitle().replaceAll(/[^\p{L}\d]+/gu, '-');
      await shot(shared.page, `failed-${name.slice(0, 80)}`);
    }
  },

  async afterAll(this: Context): Promise<void> {
    this.timeout(60_000);
    await shared?.close();
    shared = undefined;
  },
};

exitOnSignals();
endWithParent();
