// Builds what ships: dist/. Each bundle runs in one place, and nothing is read from node_modules at run time.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { build, context } from 'esbuild';

const minify = process.argv.includes('--minify');
const watch = process.argv.includes('--watch');

const node = { platform: 'node', format: 'cjs', target: 'node22' };
const page = { platform: 'browser', format: 'iife', target: 'chrome138', jsx: 'automatic', jsxImportSource: 'preact' };

/** Name in dist/, entry point, and where it runs. */
const bundles = [
  { outfile: 'dist/extension.cjs', entryPoints: ['src/extension.ts'], external: ['vscode', './demo.cjs'], ...node },
  { outfile: 'dist/demo.cjs', entryPoints: ['src/demo/server.ts'], ...node },
  { outfile: 'dist/webview.js', entryPoints: ['src/webview/main.tsx'], ...page },
];

await mkdir('dist', { recursive: true });
for (const file of ['codicon.css', 'codicon.ttf']) {
  await copyFile(`node_modules/@vscode/codicons/dist/${file}`, `dist/${file}`);
}
for (const bundle of bundles) {
  const options = {
    ...bundle,
    bundle: true,
    minify,
    sourcemap: minify ? false : 'linked',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  };
  if (watch) {
    await (await context(options)).watch();
  } else {
    const { metafile } = await build(options);
    await writeFile(`${bundle.outfile}.meta.json`, JSON.stringify(metafile));
  }
}
