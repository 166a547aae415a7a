// Builds what ships: dist/. Each bundle runs in one place, and nothing is read from node_modules at run time.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { build, context } from 'esbuild';

const minify = process.argv.includes('--minify');
const watch = process.argv.includes('--watch');

const node = { platform: 'node', format: 'cjs', target: 'node22' };
/** What the extension host loads at activation, and in files of their own the parts that it loads when they are asked for. */
const extension = { platform: 'node', format: 'esm', target: 'node22', splitting: true, outdir: 'dist' };
/** The page says that its scripts are in UTF-8: words in Chinese and Japanese take half of what escapes would. */
const page = {
  platform: 'browser',
  format: 'iife',
  target: 'chrome138',
  charset: 'utf8',
  jsx: 'automatic',
  jsxImportSource: 'preact',
};

/** Name in dist/, entry point, and where it runs. */
const bundles = [
  {
    entryPoints: ['src/extension.ts'],
    external: ['vscode', './direct.cjs', './demo.cjs'],
    chunkNames: 'extension-[name]-[hash]',
    ...extension,
  },
  { outfile: 'dist/direct.cjs', entryPoints: ['src/host/network/direct/direct.ts'], ...node },
  { outfile: 'dist/demo.cjs', entryPoints: ['src/demo/server.ts'], charset: 'utf8', ...node },
  { outfile: 'dist/webview.js', entryPoints: ['src/webview/main.tsx'], ...page },
  { outfile: 'dist/highlight.js', entryPoints: ['src/webview/highlight/highlight.ts'], ...page, format: 'esm' },
  { outfile: 'dist/math.js', entryPoints: ['src/webview/math/math.ts'], ...page, format: 'esm' },
];

await rm('dist', { recursive: true, force: true });
await mkdir('dist', { recursive: true });
for (const file of ['codicon.css', 'codicon.ttf']) {
  await copyFile(`node_modules/@vscode/codicons/dist/${file}`, `dist/${file}`);
}
await writeManifestStrings();
const packages = new Set(['@vscode/codicons']);
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
    continue;
  }
  const { metafile } = await build(options);
  await writeFile(`${bundle.outfile ?? 'dist/extension.js'}.meta.json`, JSON.stringify(metafile));
  for (const input of Object.keys(metafile.inputs)) {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(input)?.[1];
    if (name !== undefined) packages.add(name);
  }
}
await writeFile('dist/THIRD_PARTY_NOTICES.txt', (await Promise.all([...packages].sort().map(notice))).join('\n\n'));

/**
 * What `package.json` says in each language: VS Code wants it in files beside it. They are made of those in `l10n/` and of the titles in
 * the table of recipes, which stand nowhere else.
 */
async function writeManifestStrings() {
  const table = { entryPoints: ['src/host/actions/recipes/recipes.ts'], bundle: true, write: false, format: 'esm' };
  const [{ text }] = (await build(table)).outputFiles;
  const { commandTitles, languages } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  for (const language of languages) {
    const file = language === 'en' ? 'package.nls.json' : `package.nls.${language}.json`;
    const strings = { ...JSON.parse(await readFile(`l10n/${file}`, 'utf8')), ...commandTitles(language) };
    await writeFile(file, `${JSON.stringify(strings, undefined, 2)}\n`);
  }
}

/** Name, version and licence text of a package that ships inside our files. */
async function notice(name) {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  const files = (await readdir(folder)).filter((file) => /^licen[cs]e/i.test(file));
  const texts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, 'utf8')));
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}
