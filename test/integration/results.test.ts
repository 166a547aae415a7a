import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  commands,
  env,
  EventEmitter,
  Range,
  TabInputText,
  Uri,
  window,
  workspace,
  type Tab,
  type TextDocumentContentProvider,
} from 'vscode';
import type { Output } from '../../src/conversation/recipe.ts';
import type { RunEvent } from '../../src/conversation/run.ts';
import type { Job } from '../../src/host/actions/job.ts';
import type { Followed } from '../../src/host/actions/edits/followed.ts';
import type { ResultPorts } from '../../src/host/actions/results/ports.ts';
import { Results } from '../../src/host/actions/results/results.ts';
import type { Source } from '../../src/host/actions/source.ts';
import type { App } from '../../src/host/app.ts';
import { Life } from '../../src/host/life.ts';
import { Log } from '../../src/host/log.ts';
import { ResultFiles } from '../../src/host/resultFiles.ts';
import { until } from './actions/editors.ts';

const about = { name: 'Text Tools', mode: 'completion', description: '', emoji: '', version: '' };
const app: App = { id: 'app-1', baseUrl: 'https://dify.test/v1', ...about };

describe('A result', () => {
  const log = new Log(window.createOutputChannel('Test', { log: true }));
  const life = new Life();
  let folder: string;
  let files: ResultFiles;
  let keeps: boolean;
  let mayGo = true;
  let results: Results;
  let ask: ResultPorts['ask'];
  let applied: string[];
  const gaveUp = new EventEmitter<void>();
  const handedOver: number[] = [];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'results-'));
    keeps = true;
    files = new ResultFiles(Uri.file(folder), log, () => keeps);
    const register = workspace.registerTextDocumentContentProvider;
    workspace.registerTextDocumentContentProvider = (scheme, provider) => register(scheme, counting(provider));
    results = new Results({
      ask: (...asked) => ask(...asked),
      rate: () => Promise.resolve(),
      appWith: () => app,
      files,
      follow,
      howToReplace: () => 'direct',
      mayGoAgain: async () => mayGo,
      change: ({ request }) => Promise.resolve({ ...request, query: 'Shorter.' }),
      continueInChat: () => Promise.resolve(),
      repair: () => Promise.resolve(undefined),
      start: (_, work) => void work(),
      life,
    });
    workspace.registerTextDocumentContentProvider = register;
  });

  after(async () => {
    results.dispose();
    await rm(folder, { recursive: true });
  });

  beforeEach(async () => {
    applied = [];
    handedOver.length = 0;
    await commands.executeCommand('workbench.action.closeAllEditors');
    await window.showTextDocument(await workspace.openTextDocument({ content: 'The text.', language: 'markdown' }));
  });

  function counting(provider: TextDocumentContentProvider): TextDocumentContentProvider {
    return {
      ...provider,
      provideTextDocumentContent: async (uri, token) => {
        const text = await provider.provideTextDocumentContent(uri, token);
        handedOver.push(text?.length ?? 0);
        return text;
      },
    };
  }

  function follow(source: Source): Followed {
    const apply = (how: string) => (what: unknown) => {
      applied.push(`${how} ${JSON.stringify(what)}`);
      return Promise.resolve(true);
    };
    return {
      source,
      state: () => 'same',
      onDidChange: new EventEmitter<void>().event,
      replace: apply('replace'),
      insertBelow: apply('insertBelow'),
      insertAtCursor: apply('insertAtCursor'),
      newFile: apply('newFile'),
      live: () => ({ write: (text) => void applied.push(text), finish: apply('finish'), onDidGiveUp: gaveUp.event }),
      dispose: () => {},
    };
  }

  async function run(output: Output, parts = 1): Promise<void> {
    const document = window.activeTextEditor?.document;
    assert.ok(document);
    const range = new Range(0, 0, 0, 9);
    const text = document.getText(range);
    const named = { uri: document.uri, languageId: 'markdown', file: 'notes.md', place: 'notes.md:1', attached: [] };
    const source: Source = { ...named, parts: Array.from({ length: parts }, () => ({ range, text })) };
    const recipe: Job['recipe'] = {
      id: 'summarize',
      title: 'Summarize',
      resultTitle: 'Summary of {file}',
      instruction: '',
      targetLanguage: undefined,
      output,
      inputs: {},
      app: undefined,
    };
    const requests = source.parts.map((_, n) => ({ inputs: { n }, query: '', files: [] }));
    await results.run({ recipe, app, source, requests }, follow(source));
  }

  const resultTabs = (): readonly Tab[] =>
    window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => uriOf(input)?.scheme === 'dify-result');
  const uriOf = (input: unknown): Uri | undefined => (input instanceof TabInputText ? input.uri : undefined);

  it('of 200,000 characters is handed over at most 20 times as much, at most 10 times a second', async () => {
    const line = `${'word '.repeat(19)}word\n`;
    ask = async function* () {
      for (let n = 0; n < 2_000; n++) {
        yield { type: 'textAppended', text: line };
        if (n % 2 === 0) await passed(1);
      }
      yield { type: 'answered', usage: undefined };
    };
    const source = window.activeTextEditor?.document.uri.toString();

    const start = performance.now();
    await run('show');
    const seconds = (performance.now() - start) / 1000;

    const [tab] = resultTabs();
    const uri = uriOf(tab?.input);
    await until(() => textOf(uri).length >= 200_000 && textOf(uri).startsWith(line));
    const whole = 2_000 * line.length;
    const total = handedOver.reduce((all, length) => all + length, 0);
    assert.ok(total <= 20 * whole && handedOver.length > 5, `${total / whole} times in ${handedOver.length}`);
    // Opening it asks for its text too.
    assert.ok(handedOver.length <= 10 * seconds + 5, `${handedOver.length} in ${seconds} s`);
    assert.equal(window.activeTextEditor?.document.uri.toString(), source);
    assert.equal(tab?.label, 'Summary of notes.md');
  });

  it('shows the parts of a job as sections, three asked at a time', async () => {
    let open = 0;
    let most = 0;
    ask = async function* (_, { inputs }) {
      most = Math.max(most, ++open);
      await passed(5);
      open--;
      yield { type: 'textAppended', text: `Part ${String(inputs['n'])}.` };
      yield { type: 'answered', usage: undefined };
    };

    await run('replace', 5);

    const uri = uriOf(resultTabs()[0]?.input);
    await until(() => textOf(uri).includes('Part 4.\n'));
    assert.equal(textOf(uri), `${[0, 1, 2, 3, 4].map((n) => `Part ${n}.`).join('\n\n---\n\n')}\n\n`);
    assert.equal(most, 3);
    assert.deepEqual(applied, [`replace ${JSON.stringify([0, 1, 2, 3, 4].map((n) => `Part ${n}.`))}`]);
  });

  it('stops when its document is closed', async () => {
    let stopped = 0;
    ask = async function* (_, __, signal) {
      yield { type: 'textAppended', text: 'Half' };
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      stopped++;
      yield { type: 'stopped' };
    };
    const running = run('insertBelow');
    await until(() => resultTabs().length === 1 && results.running().length === 1);
    await window.tabGroups.close(resultTabs());
    await running;

    assert.equal(stopped, 1);
    assert.deepEqual(results.running(), []);
    assert.deepEqual(applied, []);
  });

  it('is opened again from its file, with what was kept of it', async () => {
    ask = saying('Kept.');
    await run('show');
    const uri = uriOf(resultTabs()[0]?.input);
    await window.tabGroups.close(resultTabs());
    await results.copy(uri);

    assert.equal(await env.clipboard.readText(), 'Kept.');
    assert.equal((await files.list())[0]?.answers[0]?.parts[0]?.run.text, 'Kept.');
  });

  it('asks again in the same document, keeps three answers, and shows those before', async () => {
    let n = 0;
    ask = (...asked) => saying(`Answer ${++n}.`)(...asked);
    await run('show');
    const uri = uriOf(resultTabs()[0]?.input);
    for (let again = 0; again < 3; again++) await results.again(uri);
    await until(() => textOf(uri).startsWith('Answer 4.'));

    await results.showPrevious(uri);
    await until(() => textOf(uri).startsWith('Answer 3.'));
    await results.showPrevious(uri);
    await results.showPrevious(uri);
    await until(() => textOf(uri).startsWith('Answer 4.'));
    assert.equal(resultTabs().length, 1);

    mayGo = false;
    await results.again(uri);
    mayGo = true;
    assert.equal(n, 4, 'asked where the person did not let it go');
  });

  it('that is written into the text has no document, unless that gives up', async () => {
    ask = saying('Live.');
    await run('live');
    assert.equal(resultTabs().length, 0);
    assert.deepEqual(applied.slice(-1), ['finish "Live."']);

    ask = async function* () {
      yield { type: 'textAppended', text: 'Live' };
      gaveUp.fire();
      yield { type: 'textAppended', text: ' on.' };
      yield { type: 'answered', usage: undefined };
    };
    await run('live');
    await until(() => textOf(uriOf(resultTabs()[0]?.input)).startsWith('Live on.'));
  });

  it('is closed and forgotten with its app', async () => {
    ask = saying('Gone.');
    await run('show');

    await files.remove(app.id);
    life.erase(app.id);

    await until(() => resultTabs().length === 0);
    assert.deepEqual(await files.list(), []);
  });

  it('is kept with the last fifty, not of the demo, not if the person wants none, and never read where it is broken', async () => {
    ask = saying('One.');
    await run('show');
    const [kept] = await files.list();
    assert.ok(kept);
    for (let n = 0; n < 55; n++) await files.write({ ...kept, id: `z${String(n).padStart(2, '0')}` });
    await files.write({ ...kept, app: { ...kept.app, id: 'demo:text' } });
    keeps = false;
    await files.write({ ...kept, id: 'unwanted' });
    keeps = true;
    const all = await files.list();
    assert.equal(all.length, 50);
    assert.ok(all.every(({ id }) => /^z(?:0[5-9]|[1-5]\d)$/.test(id)));

    await writeFile(path.join(folder, 'results', app.id, 'z54.json'), '{ "version": 1');
    assert.equal((await files.list()).length, 49);
    const names = await readdir(path.join(folder, 'results', app.id));
    assert.ok(names.some((name) => name.startsWith('z54.json.bad-')));
  });
});

function saying(text: string): ResultPorts['ask'] {
  return async function* (): AsyncGenerator<RunEvent, void, void> {
    yield { type: 'textAppended', text };
    await Promise.resolve();
    yield { type: 'answered', usage: undefined };
  };
}

function textOf(uri: Uri | undefined): string {
  const document = workspace.textDocuments.find((open) => open.uri.toString() === uri?.toString());
  return document?.getText() ?? '';
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
