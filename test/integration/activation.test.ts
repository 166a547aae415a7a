import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import type * as DirectBundle from '../../src/host/network/direct/direct.ts';

const id = 'dify-companion.dify-companion';
/** Where Node and undici look for the way that `fetch` takes. */
const undiciSlots = [Symbol.for('undici.globalDispatcher.1'), Symbol.for('undici.globalDispatcher.2')];

/** What these tests read of package.json. */
interface Manifest {
  readonly contributes?: {
    readonly commands?: readonly { readonly command: string }[];
    readonly views?: Readonly<Record<string, readonly { readonly id: string }[]>>;
  };
}

interface Output {
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
}

describe('The extension', () => {
  const extension = vscode.extensions.getExtension(id);
  assert.ok(extension, `VS Code does not know ${id}.`);
  const { contributes = {} }: Manifest = extension.packageJSON;
  let slotsBefore: ReturnType<typeof slots>;
  const fetched: unknown[] = [];

  before(async () => {
    slotsBefore = slots();
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
    const meta = await readFile(path.join(extension.extensionPath, 'dist/extension.js.meta.json'), 'utf8');
    const { outputs } = JSON.parse(meta) as { readonly outputs: Readonly<Record<string, Output>> };
    const imports = Object.values(outputs).flatMap((output) => output.imports);

    assert.deepEqual(fetched, []);
    // Without Node's modules there is no other way to a file than VS Code's own API.
    assert.deepEqual([...loadedWith('dist/extension.js', outputs)].filter(isForeign), ['vscode']);
    const lazy = ['./direct.cjs', './demo.cjs'];
    assert.deepEqual(
      imports.filter(isDynamic).filter(({ path: name }) => isForeign(name) && !lazy.includes(name)),
      [],
    );
    const loaded = Object.keys(require.cache);
    const bundles = lazy.map((name) => path.join(extension.extensionPath, 'dist', name));
    assert.deepEqual(
      bundles.filter((bundle) => loaded.includes(bundle)),
      [],
    );
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

  it("leaves every other extension's fetch alone, also once it went its own way", async () => {
    const afterActivation = slots();
    const server = createServer((_, response) => response.end('Lamp')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const bundle = path.join(extension.extensionPath, 'dist/direct.cjs');
    const { Direct } = (await import(pathToFileURL(bundle).href)) as typeof DirectBundle;
    const trust = { system: true, files: [] };
    const direct = new Direct({ trust, proxyFor: () => undefined, proxyAuthorization: '', connectTimeout: 1000 });

    const response = await direct.fetch(`http://127.0.0.1:${port}/`, {});

    assert.equal(await response.text(), 'Lamp');
    await direct.close();
    server.close();
    assert.deepEqual(afterActivation, slotsBefore);
    assert.deepEqual(slots(), slotsBefore);
  });

  it('runs a demo that reaches for no network and changes nothing that other extensions see', async () => {
    const globals = Reflect.ownKeys(globalThis);
    const { fetch } = globalThis;
    const requests: unknown[] = [];
    globalThis.fetch = (...args) => {
      requests.push(args[0]);
      return fetch(...args);
    };
    try {
      await vscode.commands.executeCommand('difyCompanion.demo.start');
      await vscode.commands.executeCommand('difyCompanion.demo.leave');
    } finally {
      globalThis.fetch = fetch;
    }

    assert.deepEqual(requests, []);
    assert.deepEqual(Reflect.ownKeys(globalThis), globals);
    assert.deepEqual(slots(), slotsBefore);
  });

  it('ships no undici in the bundle that is always loaded', async () => {
    const meta = await readFile(path.join(extension.extensionPath, 'dist/extension.js.meta.json'), 'utf8');
    const { inputs } = JSON.parse(meta) as { readonly inputs: Readonly<Record<string, unknown>> };

    const files = Object.keys(inputs);

    assert.ok(files.includes('src/extension.ts'));
    assert.deepEqual(
      files.filter((file) => file.includes('undici')),
      [],
    );
  });
});

/** What is loaded along with a file: all that it and those name without `import()`. */
function loadedWith(file: string, outputs: Readonly<Record<string, Output>>, found = new Set<string>()): Set<string> {
  for (const entry of outputs[file]?.imports ?? []) {
    if (isDynamic(entry) || found.has(entry.path)) continue;
    found.add(entry.path);
    loadedWith(entry.path, outputs, found);
  }
  return found;
}

function isDynamic({ kind }: Output['imports'][number]): boolean {
  return kind === 'dynamic-import';
}

/** Whether it is none of the files that the extension was split into. */
function isForeign(name: string): boolean {
  return !name.startsWith('dist/extension-');
}

function slots(): readonly (PropertyDescriptor | undefined)[] {
  return undiciSlots.map((slot) => Object.getOwnPropertyDescriptor(globalThis, slot));
}
