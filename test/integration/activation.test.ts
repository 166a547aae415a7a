import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';

const id = 'dify-companion.dify-companion';
const undiciSlot = Symbol.for('undici.globalDispatcher.1');

/** What these tests read of package.json. */
interface Manifest {
  readonly contributes?: {
    readonly commands?: readonly { readonly command: string }[];
    readonly views?: Readonly<Record<string, readonly { readonly id: string }[]>>;
  };
}

interface Output {
  readonly imports: readonly { readonly path: string }[];
}

describe('The extension', () => {
  const extension = vscode.extensions.getExtension(id);
  assert.ok(extension, `VS Code does not know ${id}.`);
  const { contributes = {} }: Manifest = extension.packageJSON;
  let dispatcherBefore: PropertyDescriptor | undefined;
  const fetched: unknown[] = [];

  before(async () => {
    dispatcherBefore = Object.getOwnPropertyDescriptor(globalThis, undiciSlot);
    const { fetch } = globalThis;
    globalThis.fetch = (...args) => {
      fetched.push(args[0]);
      return fetch(...args);
    };
    await extension.activate();
    globalThis.fetch = fetch;
  });

  it('activates', () => {
    assert.equal(extension.isActive, true);
  });

  it('reaches for no network and no file when it activates', async () => {
    const meta = await readFile(path.join(extension.extensionPath, 'dist/extension.cjs.meta.json'), 'utf8');
    const { outputs } = JSON.parse(meta) as { readonly outputs: Readonly<Record<string, Output>> };
    const imported = Object.values(outputs).flatMap(({ imports }) => imports.map((entry) => entry.path));

    assert.deepEqual(fetched, []);
    // Without Node's modules there is no other way to a file than VS Code's own API.
    assert.deepEqual([...new Set(imported)], ['vscode']);
  });

  it('registers exactly the commands that it contributes', async () => {
    const all = await vscode.commands.getCommands(true);

    // VS Code makes commands that carry a view's name: focus, open and more.
    const verbs = ['focus', 'open', 'removeView', 'resetViewLocation', 'toggleVisibility'];
    const views = Object.values(contributes.views ?? {}).flat();
    const made = new Set(views.flatMap((view) => verbs.map((verb) => `${view.id}.${verb}`)));
    const ours = all.filter((command) => command.startsWith('difyCompanion.') && !made.has(command));
    assert.deepEqual(ours.sort(), (contributes.commands ?? []).map(({ command }) => command).sort());
  });

  it("leaves every other extension's fetch alone", () => {
    assert.deepEqual(Object.getOwnPropertyDescriptor(globalThis, undiciSlot), dispatcherBefore);
  });

  it('ships no undici in the bundle that is always loaded', async () => {
    const meta = await readFile(path.join(extension.extensionPath, 'dist/extension.cjs.meta.json'), 'utf8');
    const { inputs } = JSON.parse(meta) as { readonly inputs: Readonly<Record<string, unknown>> };

    const files = Object.keys(inputs);

    assert.ok(files.includes('src/extension.ts'));
    assert.deepEqual(
      files.filter((file) => file.includes('undici')),
      [],
    );
  });
});
