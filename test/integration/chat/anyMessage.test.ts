import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  boolean,
  constant,
  constantFrom,
  integer,
  oneof,
  option,
  record,
  sample,
  string,
  type Arbitrary,
} from 'fast-check';
import * as vscode from 'vscode';
import type { Conversation } from '../../../src/conversation/conversation.ts';
import { parseFromWebview } from '../../../src/conversation/fromWebview.ts';
import { allowedAddress } from '../../../src/conversation/links.ts';
import { AppDetails } from '../../../src/host/appDetails.ts';
import type { Frame } from '../../../src/host/chat/pages/chatPages.ts';
import { loadChat } from '../../../src/host/chat/loadChat.ts';
import type { LoadPorts } from '../../../src/host/chat/loadChat.ts';
import { ChatWindow } from '../../support/chatWindow.ts';
import { filesIn } from '../../support/filesIn.ts';
import { testApp } from '../../support/hostState.ts';
import { ScriptedDify } from '../../support/scriptedDify.ts';

const count = 10_000;

/** All but `fontSize`, which changes a setting. */
const types = `
  ready connect startDemo leaveDemo howItWorks switchApp manageApps changeAddress retryConnection showLog stop
  retryNow newConversation moreConversations closeConversations undoDelete readVariables closeVariables
  closeMentions stopSpeech resumeQueue hideNotice showNotice copy openLink chooseApp send draft queue attach
  detach drop paste mention slash remedy askAgain editQuestion fork rate openAnswer openValue copyMessageId speak code
  form start changeInputs chooseFiles dropFiles cancelUpload listConversations openConversation rename
  suggestName delete pin export setVariable nothing
`
  .trim()
  .split(/\s+/);

const strange = [
  '',
  '__proto__',
  'constructor',
  'toString',
  '..',
  '../../etc/passwd',
  '\0',
  '💥',
  'file:///etc/passwd',
];
const links = ['https://dify.ai/', 'command:workbench.action.quit', 'javascript:alert(1)', 'vscode://x', 'file:///x'];

/** What a page may post that somebody else wrote. @param keys of things that there are */
function messages(keys: readonly string[]): Arbitrary<unknown> {
  const key = oneof(constantFrom(...keys, ...strange), string());
  const text = oneof(constantFrom(...strange, ...links), string());
  const file = record({
    name: text,
    mapping: constantFrom({}, { url: 'file:///etc/passwd' }, { upload_file_id: 'x' }),
  });
  const value = oneof(
    text,
    boolean(),
    constant([]),
    file.map((one) => [one]),
  );
  const values = record({ name: value, constructor: oneof(value, constant([null])) }, { requiredKeys: [] });
  const words = {
    id: key,
    name: key,
    variable: key,
    search: key,
    filter: key,
    query: text,
    text,
    code: text,
    language: text,
    comment: text,
    uris: oneof(constantFrom(...links), text),
    href: oneof(constantFrom(...links), text),
    address: oneof(constantFrom(...links), text),
    place: oneof(constantFrom(...links), text),
    value: text,
    values,
  };
  const choices = {
    kind: constantFrom('demo', 'unencrypted'),
    what: constantFrom(
      'edit',
      'delete',
      'up',
      'down',
      'sendNow',
      'insert',
      'newFile',
      'apply',
      'show',
      'open',
      'save',
      'fresh',
    ),
    remedy: constantFrom('retry', 'newConversation', 'fetchRest', 'none', 'replaceKey', 'editAddress'),
    how: constantFrom('followUp', 'fork'),
    rating: constantFrom('like', 'dislike', ''),
    where: constantFrom('here', 'newConversation'),
    scope: constantFrom('workspace', 'all'),
    step: integer(),
    pinned: boolean(),
    always: boolean(),
    at: integer(),
  };
  return record({ type: constantFrom(...types), key: option(key, { nil: undefined }), ...words, ...choices });
}

describe('A page that somebody else writes', () => {
  const storage = mkdtempSync(path.join(tmpdir(), 'dify-companion-any-'));
  const names = Object.keys(vscode.window).filter((name) => /^show|^withProgress/.test(name));
  const shows = Object.fromEntries(names.map((name) => [name, Reflect.get(vscode.window, name)]));
  const { executeCommand } = vscode.commands;
  const { applyEdit, openTextDocument } = vscode.workspace;
  const { openExternal } = vscode.env;
  const commands = new Set<string>();
  const dify = new ScriptedDify();
  const asked = new Set<string>();
  const opened = new Set<string>();

  before(() => {
    const nothing = (): Promise<undefined> => Promise.resolve(undefined);
    Object.assign(vscode.window, Object.fromEntries(names.map((name) => [name, nothing])));
    Object.assign(vscode.commands, { executeCommand: (id: string) => (commands.add(id), nothing()) });
    Object.assign(vscode.workspace, {
      applyEdit: () => assert.fail('A document was changed'),
      openTextDocument: () => Promise.resolve({}),
    });
    Object.assign(vscode.env, {
      openExternal: (uri: vscode.Uri) => (opened.add(uri.toString(true)), Promise.resolve(true)),
    });
  });

  after(async () => {
    Object.assign(vscode.window, shows);
    Object.assign(vscode.commands, { executeCommand });
    Object.assign(vscode.workspace, { applyEdit, openTextDocument });
    Object.assign(vscode.env, { openExternal });
    await dify.close();
    rmSync(storage, { recursive: true, force: true, maxRetries: 3 });
  });

  it(`breaks nothing by ${count} messages, and reaches nothing outside of the chat`, async function () {
    this.timeout(60_000);
    const fetch: typeof dify.fetch = (url, init) => {
      asked.add(new URL(url).origin);
      return dify.fetch(url, init);
    };
    const window = new ChatWindow({ fetch });
    const app = testApp('one');
    await window.keys.set(app, 'app-first-key');
    await window.apps.save(app);
    const failed: unknown[] = [];
    const { apps, clients, health, log, shared } = window;
    const loaded = loadChat({
      apps,
      clients,
      health,
      log,
      shared,
      copies: vscode.Uri.file(path.join(storage, 'opened')),
      details: new AppDetails({ apps, clients, log }),
      files: filesIn(storage, (words) => failed.push(words)),
      edits: editsThatDoNothing,
      recipes: () => [],
      extensionUri: vscode.Uri.file('/extension'),
      connect: () => undefined,
      repair: () => Promise.resolve(undefined),
      start: (_: string, work: () => unknown) => {
        void Promise.resolve()
          .then(work)
          .catch((error: unknown) => failed.push(error));
      },
    });
    const received = new vscode.EventEmitter<unknown>();
    const page = loaded.pages.open(() => frameOf(received));
    await loaded.chat.state();
    void loaded.chat.send('Hi');
    await (await dify.turn(0)).answers('Hello');

    let taken = 0;
    for (const [n, message] of sample(messages(keysOf(loaded.chat)), { numRuns: count }).entries()) {
      if (parseFromWebview(message) !== undefined) taken++;
      received.fire(message);
      if (n % 50 === 0) await setImmediate();
      if (n % 500 === 0) await dify.turns.at(-1)?.answers('word');
    }
    await setImmediate();

    assert.deepEqual(failed, []);
    assert.ok(taken > count / 4, `${taken} were taken`);
    assert.deepEqual(
      [...opened].filter((address) => allowedAddress(address) !== address),
      [],
    );
    assert.deepEqual([...asked], [new URL(app.baseUrl).origin]);
    assert.deepEqual(
      [...commands].filter((id) => typeof id !== 'string' || !id.startsWith('difyCompanion.')),
      ['workbench.action.openWalkthrough'],
    );
    page.dispose();
    for (const one of loaded.disposables) one.dispose();
    loaded.chat.forget(undefined);
  });
});

/** Nothing that the page says changes a document by itself: that is tried where it is done. */
const editsThatDoNothing = {
  get: () =>
    Promise.resolve({
      aimAt: () => {},
      insertAtCursor: () => Promise.resolve(true),
      proposeAtCursor: () => Promise.resolve(true),
      newFile: () => Promise.resolve(true),
    }),
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The chat calls no more of it.
} as unknown as LoadPorts['edits'];

function keysOf({ conversation }: { readonly conversation: Conversation | undefined }): readonly string[] {
  return [conversation?.key ?? '', ...(conversation?.messages ?? []).map(({ key }) => key), 'one', 'selection', 'new'];
}

function frameOf(received: vscode.EventEmitter<unknown>): Frame {
  const webview = {
    options: {},
    html: '',
    cspSource: '',
    onDidReceiveMessage: received.event,
    postMessage: () => Promise.resolve(true),
    asWebviewUri: (uri: vscode.Uri) => uri,
  };
  return { webview, visible: true, active: false, show: () => {} };
}
