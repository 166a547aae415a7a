import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { settingsReadIn } from '../support/settingsRead.ts';
import { tokensOf } from '../support/tokens.ts';
import { root } from '../vscode/paths.ts';

/** What these tests read of package.json. */
interface Contributions {
  readonly commands?: readonly { readonly command: string }[];
  readonly configuration?: Configuration | readonly Configuration[];
  readonly menus?: Readonly<Record<string, readonly { readonly command?: string }[]>>;
  readonly keybindings?: readonly { readonly command: string }[];
}

interface Configuration {
  readonly properties?: Readonly<Record<string, { readonly scope?: string }>>;
}

describe('package.json', () => {
  let contributes: Contributions;
  let sources: readonly string[];

  before(async () => {
    ({ contributes } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
      readonly contributes: Contributions;
    });
    const files = await Array.fromAsync(glob('src/host/**/*.ts', { cwd: root }));
    sources = await Promise.all(
      [...files, 'src/extension.ts', 'src/core.ts'].map((file) => readFile(path.join(root, file), 'utf8')),
    );
  });

  it('contributes every setting of ours that is read', () => {
    const contributed = settingsOf(contributes);

    const read = sources
      .flatMap((source) => settingsReadIn(source))
      .filter((name) => name.startsWith('difyCompanion.'));
    assert.deepEqual(
      read.filter((name) => !contributed.includes(name)),
      [],
    );
  });

  it('contributes no setting that nothing names', () => {
    const strings = sources.flatMap((source) =>
      tokensOf(source).map(({ type, text }) => (type === 'string' ? text : '')),
    );

    assert.deepEqual(
      settingsOf(contributes).filter((name) => !tails(name).some((tail) => strings.includes(tail))),
      [],
    );
  });

  it('lets no workspace say what is kept, sent along or done', () => {
    const properties = [contributes.configuration ?? []].flat().flatMap((one) => Object.entries(one.properties ?? {}));
    const scopes = Object.fromEntries(properties.map(([name, { scope = 'window' }]) => [name, scope]));

    assert.deepEqual(
      Object.keys(scopes).filter((name) => !['machine', 'application'].includes(scopes[name] ?? '')),
      ['difyCompanion.edits.preview', 'difyCompanion.lightbulb.enabled'],
    );
  });

  it('puts only commands it contributes into menus and on keys', () => {
    const commands = (contributes.commands ?? []).map(({ command }) => command);
    const used = [...Object.values(contributes.menus ?? {}).flat(), ...(contributes.keybindings ?? [])];

    assert.deepEqual(
      used.filter(({ command }) => command?.startsWith('difyCompanion.') && !commands.includes(command)),
      [],
    );
  });
});

function settingsOf({ configuration = [] }: Contributions): string[] {
  return [configuration].flat().flatMap(({ properties = {} }) => Object.keys(properties));
}

/** `a.b.c` is read by that name, or as `b.c` or `c` of a section. */
function tails(name: string): string[] {
  const parts = name.split('.');
  return parts.map((_part, index) => parts.slice(index).join('.'));
}
