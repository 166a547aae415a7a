import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  commands,
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
import type { ResultRequest } from '../../src/conversation/result.ts';
import type { Followed } from '../../src/host/edits/followed.ts';
import type { ResultPorts } from '../../src/host/actions/results/ports.ts';
import { Results } from '../../src/host/actions/results/results.ts';
import type { Source } from '../../src/host/source/source.ts';
import type { App } from '../../src/host/app.ts';
import { Life } from '../../src/host/life.ts';
import { Log } from '../../src/host/log.ts';
import { ResultFiles } from '../../src/host/resultFiles.ts';

export const app: App = {
  id: 'app-1',
  baseUrl: 'https://dify.test/v1',
  name: 'Text Tools',
  mode: 'completion',
  description: '',
  emoji: '',
  version: '',
};

/** What tests of results work with, made before them and removed after them. */
export interface ResultsInTests {
  readonly life: Life;
  readonly folder: () => string;
  readonly files: () => ResultFiles;
  readonly results: () => Results;
  /** Fires when a text cannot be written into the editor any more. */
  readonly gaveUp: EventEmitter<void>;
  /** What was done to the text, in words. */
  readonly applied: string[];
  /** How long the texts were that VS Code asked for. */
  readonly handedOver: number[];
  keeps: boolean;
  /** Whether the person lets a text go where it is sent again. */
  mayGo: boolean;
  ask: ResultPorts['ask'];
  rest: ResultPorts['rest'];
  changing: (request: ResultRequest) => Promise<ResultRequest>;
  /** Runs a recipe on as many parts. */
  readonly run: (output: Output, parts?: number) => Promise<void>;
}

export function resultsInTests(): ResultsInTests {
  const log = new Log(window.createOutputChannel('Test', { log: true }));
  const life = new Life();
  let folder: string;
  let files: ResultFiles;
  let results: Results;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'results-'));
    files = new ResultFiles(Uri.file(folder), log, () => tried.keeps);
    const register = workspace.registerTextDocumentContentProvider;
    workspace.registerTextDocumentContentProvider = (scheme, provider) => register(scheme, counting(provider));
    results = new Results({
      ask: (...asked) => tried.ask(...asked),
      rest: (...cut) => tried.rest(...cut),
      rate: () => Promise.resolve(),
      appWith: () => app,
      files,
      follow,
      howToReplace: () => 'direct',
      mayGoAgain: async () => tried.mayGo,
      change: ({ request }) => tried.changing(request),
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
    tried.applied.length = 0;
    tried.handedOver.length = 0;
    await commands.executeCommand('workbench.action.closeAllEditors');
    await window.showTextDocument(await workspace.openTextDocument({ content: 'The text.', language: 'markdown' }));
  });

  function counting(provider: TextDocumentContentProvider): TextDocumentContentProvider {
    return {
      ...provider,
      provideTextDocumentContent: async (uri, token) => {
        const text = await provider.provideTextDocumentContent(uri, token);
        tried.handedOver.push(text?.length ?? 0);
        return text;
      },
    };
  }

  function follow(source: Source): Followed {
    const apply = (how: string) => (what: unknown) => {
      tried.applied.push(`${how} ${JSON.stringify(what)}`);
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
      live: () => ({
        write: (text) => void tried.applied.push(text),
        finish: apply('finish'),
        onDidGiveUp: tried.gaveUp.event,
      }),
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

  const tried: ResultsInTests = {
    life,
    folder: () => folder,
    files: () => files,
    results: () => results,
    gaveUp: new EventEmitter<void>(),
    applied: [],
    handedOver: [],
    keeps: true,
    mayGo: true,
    ask: saying(''),
    rest: () => saying('')(app, { inputs: {}, query: '', files: [] }, AbortSignal.abort()),
    changing: (request) => Promise.resolve(request),
    run,
  };
  return tried;
}

export function resultTabs(): readonly Tab[] {
  return window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => uriOf(input)?.scheme === 'dify-result');
}

export function uriOf(input: unknown): Uri | undefined {
  return input instanceof TabInputText ? input.uri : undefined;
}

export function saying(text: string): ResultPorts['ask'] {
  return async function* (): AsyncGenerator<RunEvent, void, void> {
    yield { type: 'textAppended', text };
    await Promise.resolve();
    yield { type: 'answered', usage: undefined };
  };
}

export function textOf(uri: Uri | undefined): string {
  const document = workspace.textDocuments.find((open) => open.uri.toString() === uri?.toString());
  return document?.getText() ?? '';
}

/** Until VS Code has brought it about. */
export async function until(holds: () => boolean): Promise<void> {
  for (const start = performance.now(); !holds(); await passed(20)) {
    if (performance.now() - start > 10_000) throw new Error(`Not so: ${String(holds)}`);
  }
}

export function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
