import { existsSync } from 'node:fs';
import { offerDify } from '../support/difyForTests.ts';
import { vsix } from './build.ts';
import { codeServerHost } from './host.ts';
import { runMocha } from './mocha.ts';
import type { Stage } from './program.ts';

/** The tests in `test/e2e`: a browser drives VS Code with the packaged extension installed. */
export function e2e(grep?: string): Stage {
  return {
    title: 'End-to-end tests',
    run: async () => {
      if (!existsSync(vsix)) {
        throw new Error('The extension is not packaged.');
      }
      const host = await codeServerHost(console.log);
      console.log(host.type === 'none' ? `Skipped: ${host.reason}.` : `Host: ${host.name} with a browser`);
      const dify = await offerDify();
      try {
        return await runMocha(
          [
            '--no-config',
            '--no-package',
            '--timeout=120000',
            '--require=test/e2e/setup.ts',
            ...(process.env['TEST_BAIL'] ? ['--bail'] : []),
            ...(grep === undefined ? [] : [`--grep=${grep}`]),
            'test/e2e/**/*.test.ts',
          ],
          { ...dify.env, TEST_VSIX: vsix, TEST_SKIP: host.type === 'none' ? 'yes' : '' },
        );
      } finally {
        await dify.close();
      }
    },
  };
}
