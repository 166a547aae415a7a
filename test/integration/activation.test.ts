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

describe('The extension', () => {
  const extension = vscode.extensions.getExtension(id);
  assert.ok(extension, `VS Code does not know ${id}.`);
  const { contributes = {} }: Manifest = extension.packageJSON;
  let dispatcherBefore: PropertyDescriptor | undefined;

  before(async () => {
    dispatcherBefore = Object.getOwnPropertyDescriptor(globalThis, undiciSlot);
    await extension.activate();
  });

  it('activates', () => {
    assert.equal(extension.isActive, true);
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
