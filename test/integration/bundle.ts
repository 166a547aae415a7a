import { glob } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { out, root } from '../vscode/paths.ts';

/** Makes one file of all test files in this folder, for the extension host to load; returns its path. */
export async function bundleSuite(): Promise<string> {
  const folder = path.join(root, 'test/integration');
  const files = await Array.fromAsync(glob('**/*.test.ts', { cwd: folder }));
  const outfile = path.join(out, 'integration/suite.cjs');
  await build({
    stdin: {
      contents: `
        import { runSuite } from './entry.ts';
        export const run = () => runSuite(() => { ${files
          .sort()
          .map((file) => `require('./${file.replaceAll('\\', '/')}');`)
          .join('\n')} });`,
      resolveDir: folder,
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    // Node's `require` of an ES module differs between the versions VS Code comes with.
    alias: { mocha: 'mocha/lib/mocha.cjs' },
    external: ['vscode', 'mocha/lib/mocha.cjs'],
    logLevel: 'warning',
  });
  return outfile;
}
