import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../vscode/paths.ts';
import { openSession, type Session } from './session.ts';
import { offeredCommands, runCommand } from './workbench/palette.ts';
import { shot } from './workbench/workbench.ts';

describe('The packaged extension', () => {
  let own: Session;

  before(async () => {
    own = await openSession();
  });

  after(() => own?.close());

  it('is among the installed extensions', async () => {
    const { page } = own;

    await runCommand(page, 'Extensions: Show Installed Extensions');

    await page.locator('.extension-list-item').filter({ hasText: 'Dify Companion' }).first().waitFor();
    await shot(page, 'installed');
  });

  it('puts all its commands into the palette that need nothing else', async () => {
    const { page } = own;

    const offered = await offeredCommands(page, 'Dify: ');
    for (const title of await unconditionalCommands()) assert.ok(offered.has(title), title);
  });
});

interface Manifest {
  readonly contributes: {
    readonly commands?: readonly { readonly command: string; readonly title: string; readonly category?: string }[];
    readonly menus?: { readonly commandPalette?: readonly { readonly command: string }[] };
  };
}

/** Titles, as the palette shows them, of the commands that no `when` keeps out of it. */
async function unconditionalCommands(): Promise<string[]> {
  const { contributes } = (await readJson('package.json')) as Manifest;
  const words = (await readJson('package.nls.json')) as Readonly<Record<string, string>>;
  const inEnglish = (text: string): string => text.replace(/^%(.+)%$/, (key, name: string) => words[name] ?? key);
  const conditional = new Set(contributes.menus?.commandPalette?.map(({ command }) => command));
  return (contributes.commands ?? [])
    .filter(({ command }) => !conditional.has(command))
    .map(({ category, title }) => (category ? `${inEnglish(category)}: ${inEnglish(title)}` : inEnglish(title)));
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(path.join(root, file), 'utf8'));
}
