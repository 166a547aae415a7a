import path from 'node:path';
import { build } from 'esbuild';
import { out, root } from '../../vscode/paths.ts';

/**
 * Makes one file of what an attempt runs, and returns its path: many processes start it, and Node 22 takes its time with TypeScript. VS
 * Code's settings are stood in for; the direct transport is the bundle as it ships.
 */
export async function bundleAttempt(): Promise<string> {
  const outfile = path.join(out, 'network/attempt.mjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'attempt.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    alias: { vscode: path.join(import.meta.dirname, 'vscode.ts') },
    plugins: [
      {
        name: 'direct',
        setup: (bundling) => {
          const direct = path.join(root, 'dist/direct.cjs');
          bundling.onResolve({ filter: /^\.\/direct\.cjs$/ }, () => ({ path: direct, external: true }));
        },
      },
    ],
    logLevel: 'warning',
  });
  return outfile;
}
