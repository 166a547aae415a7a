import { existsSync } from 'node:fs';
import { glob, mkdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { npmRun } from '../vscode/npm.ts';
import { out, root } from '../vscode/paths.ts';
import type { Stage } from './program.ts';
import type { StageRun } from './stageRun.ts';
import { oneFailed, onePassed, sum } from './tally.ts';
import { filesOf } from './vsix.ts';

/** The packaged extension. */
export const vsix = path.join(out, 'dify-companion.vsix');

/** Builds and packages the extension as it ships; throws if that fails. `write` gets what the tools say. */
export async function packageExtension(write: StageRun['write']): Promise<void> {
  await mkdir(out, { recursive: true });
  await rm(vsix, { force: true });
  // The build writes these; the tool that packages looks at old ones before it lets it build.
  for await (const file of glob('package.nls*.json', { cwd: root })) await rm(path.join(root, file));
  if (!(await npmRun({ script: 'package', args: ['--out', vsix], write }))) {
    throw new Error('The extension could not be packaged.');
  }
}

/** Packages for one kind of test alone; counts nothing. */
export const packaging: Stage = {
  title: 'Package',
  run: async ({ job, write }) => {
    await job(() => packageExtension(write));
    return sum([]);
  },
};

/** Packaging counts as one test, each size and the list of files as one more. */
export const build: Stage = {
  title: 'Package',
  run: async ({ job, log, write }) => {
    await job(() => packageExtension(write));
    const found = [checkActivation(), ...budgets.map(([file, bytes]) => checkSize(file, bytes)), checkFiles()];
    const verdicts = (await Promise.all(found)).filter((verdict) => verdict !== undefined);
    for (const { good, sentence } of verdicts) log(`  ${good ? '✔' : '✘'} ${sentence}`);
    return sum([onePassed, ...verdicts.map(({ good }) => (good ? onePassed : oneFailed))]);
  },
};

/** Largest size in bytes, of the files as they ship. */
const budgets = [
  ['dist/direct.cjs', 750_000],
  ['dist/demo.cjs', 180_000],
  ['dist/webview.js', 350_000],
  ['dist/highlight.js', 130_000],
  ['dist/math.js', 230_000],
  [path.relative(root, vsix), 1_000_000],
] as const;

/** Bundles that are loaded only when needed, and may not exist. */
const optional = ['dist/direct.cjs', 'dist/math.js'];

interface Verdict {
  readonly good: boolean;
  readonly sentence: string;
}

/** What the extension host loads at activation: `extension.js` and what it imports, but not what it loads later. */
async function checkActivation(): Promise<Verdict> {
  const { outputs } = JSON.parse(await readFile(path.join(root, 'dist/extension.js.meta.json'), 'utf8')) as Built;
  const loaded = new Set(['dist/extension.js']);
  for (const file of loaded) {
    const imports = outputs[file]?.imports.filter(({ kind }) => kind === 'import-statement') ?? [];
    for (const { path: imported } of imports) if (outputs[imported] !== undefined) loaded.add(imported);
  }
  const sizes = await Promise.all([...loaded].map(async (file) => (await stat(path.join(root, file))).size));
  const size = sizes.reduce((all, one) => all + one, 0);
  return {
    good: size <= 200_000,
    sentence: `loaded at activation: ${kilobytes(size)} of at most ${kilobytes(200_000)}`,
  };
}

/** What this reads of esbuild's metafile. */
interface Built {
  readonly outputs: Readonly<
    Record<string, { readonly imports: readonly { readonly path: string; readonly kind: string }[] }>
  >;
}

async function checkSize(file: string, most: number): Promise<Verdict | undefined> {
  const absolute = path.join(root, file);
  if (optional.includes(file) && !existsSync(absolute)) {
    return undefined;
  }
  const { size } = await stat(absolute);
  return { good: size <= most, sentence: `${file}: ${kilobytes(size)} of at most ${kilobytes(most)}` };
}

/** What may ship, as vsce names it in the package. */
const shipped =
  /^(\[Content_Types\]\.xml|extension\.vsixmanifest|extension\/(package(\.nls(\.[a-z-]+)?)?\.json|(readme|changelog)\.md|LICENSE\.txt|media\/.+\.(css|svg|png|jpg|md)|l10n\/bundle\.l10n\.[a-z-]+\.json|dist\/(direct|demo)\.cjs|dist\/(extension(-[\w-]+)?|webview|highlight|math)\.js|dist\/codicon\.(css|ttf)|dist\/THIRD_PARTY_NOTICES\.txt))$/;

async function checkFiles(): Promise<Verdict> {
  const files = filesOf(await readFile(vsix));
  const strange = files.filter((file) => !shipped.test(file));
  const list = strange.length === 0 ? 'all of them may ship' : `these should not ship: ${strange.join(', ')}`;
  return {
    good: files.length > 0 && strange.length === 0,
    sentence: `${files.length} files in the package, ${list}`,
  };
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
