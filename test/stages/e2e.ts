import { existsSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { offerDify } from '../support/difyForTests.ts';
import { temporaryFolder } from '../vscode/ending.ts';
import { ensureCodeServer } from '../vscode/install.ts';
import { root } from '../vscode/paths.ts';
import { installVsix } from '../vscode/server.ts';
import { vsix } from './build.ts';
import { codeServerHost } from './host.ts';
import { runMochaOnEach } from './mocha.ts';
import type { Stage } from './program.ts';

/**
 * The tests in `test/e2e`: a browser drives VS Code with the packaged extension installed. It is installed once, for no test changes
 * anything where it is.
 */
export function e2e(grep?: string, tests = 'test/e2e/**/*.test.ts'): Stage {
  return {
    title: 'End-to-end tests',
    run: async (within) => {
      if (!existsSync(vsix)) {
        throw new Error('The extension is not packaged.');
      }
      const host = await codeServerHost(within.log);
      within.log(host.type === 'none' ? `Skipped: ${host.reason}.` : `Host: ${host.name} with a browser`);
      const dify = await offerDify();
      const folder = await temporaryFolder('e2e-extensions');
      try {
        const env =
          host.type === 'none' ? { TEST_SKIP: 'yes' } : { TEST_EXTENSIONS: await install(folder.path, within.log) };
        const files = await Array.fromAsync(glob(tests, { cwd: root }));
        return await runMochaOnEach(files, argumentsOf(grep), within, { ...dify.env, ...env });
      } finally {
        await folder.remove();
        await dify.close();
      }
    },
  };
}

function argumentsOf(grep: string | undefined): readonly string[] {
  return [
    '--no-config',
    '--no-package',
    '--timeout=120000',
    '--require=test/e2e/setup.ts',
    ...(process.env['TEST_BAIL'] ? ['--bail'] : []),
    ...(grep === undefined ? [] : [`--grep=${grep}`]),
  ];
}

/** The folder in which the extension is installed now. */
async function install(folder: string, log: (line: string) => void): Promise<string> {
  const extensions = path.join(folder, 'extensions');
  const code = await ensureCodeServer(log);
  await installVsix(code, vsix, { userData: path.join(folder, 'user-data'), extensions });
  return extensions;
}
