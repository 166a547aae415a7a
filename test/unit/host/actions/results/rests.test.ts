import assert from 'node:assert/strict';
import type { Failure } from '../../../../../src/conversation/failure.ts';
import { newAnswer, type Result } from '../../../../../src/conversation/result.ts';
import type { CutAnswer } from '../../../../../src/conversation/rest.ts';
import type { RunEvent } from '../../../../../src/conversation/run.ts';
import type { Followed } from '../../../../../src/host/edits/followed.ts';
import { finishing, readsOf, type AskedPart } from '../../../../../src/host/actions/results/rests.ts';
import { runParts } from '../../../../../src/host/actions/results/runParts.ts';
import { ShownResult } from '../../../../../src/host/actions/results/shownResult.ts';
import { Life } from '../../../../../src/host/life.ts';
import { testApp } from '../../../../support/hostState.ts';
import { EventEmitter } from '../../../../support/vscode/api.ts';

const requests = ['one', 'two'].map((topic) => ({ inputs: { topic }, query: '', files: [] }));
const ids = { messageId: undefined, conversationId: undefined, stoppable: true };

function failure(remedy: Failure['remedy']): Failure {
  return { fact: 'Incomplete.', advice: '', remedy, details: '' };
}

function shownResult(mode: string): ShownResult {
  const result: Result = {
    id: 'r',
    recipe: {
      id: 'summarize',
      title: 'Summarize',
      resultTitle: 'Summary of {file}',
      instruction: '',
      targetLanguage: undefined,
      output: 'show',
      inputs: {},
      app: undefined,
    },
    app: { id: 'one', name: 'App', mode },
    source: { uri: 'file:///notes.md', languageId: 'markdown', file: 'notes.md', place: 'notes.md:1', parts: [] },
    answers: [newAnswer(requests, 7)],
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nobody asks it anything
  const followed = { onDidChange: new EventEmitter<void>().event, dispose: () => {} } as unknown as Followed;
  return new ShownResult(result, followed, true, { refresh: () => {}, changed: () => {} });
}

describe('A result whose connection is lost', () => {
  let shown: ShownResult;
  let asked: unknown[];
  let looked: CutAnswer[];
  /** What the rest tells. */
  let found: readonly RunEvent[];

  beforeEach(() => {
    shown = shownResult('workflow');
    asked = [];
    looked = [];
    found = [
      { type: 'textReplaced', text: 'All of it' },
      { type: 'answered', usage: undefined },
    ];
  });

  afterEach(() => shown.dispose());

  /** Asks for these parts; the connection to each is lost after half of it. */
  async function run(
    parts: readonly number[],
    remedy: Failure['remedy'] = 'fetchRest',
    stop?: AbortSignal,
  ): Promise<void> {
    const reads = readsOf(shown, testApp('one', { mode: 'workflow' }), {
      async *ask(_, request) {
        asked.push(request.inputs['topic']);
        yield { type: 'started', runId: `run of ${String(request.inputs['topic'])}`, ...ids };
        yield { type: 'textAppended', text: 'Half' };
        yield await Promise.resolve({ type: 'incomplete', failure: failure(remedy) } as const);
      },
      async *rest(_, cut) {
        looked.push(cut);
        for (const event of [{ type: 'resumed' } as const, ...found]) yield await Promise.resolve(event);
      },
    });
    const items: readonly AskedPart[] = parts.flatMap((part) => {
      const each = shown.answer.parts[part];
      return each === undefined ? [] : [{ part, each }];
    });
    const told = (index: number, event: RunEvent): void => shown.apply(parts[index] ?? index, event);
    await runParts(items, reads, told, stop ?? new AbortController().signal);
    shown.end();
  }

  const outcome = (): readonly string[] =>
    shown.answer.parts.map(({ run: { text, status } }) => `${text}: ${status.type}`);

  it('is read on by itself, part by part, and asked for once', async () => {
    shown.begin();
    await run([0, 1]);

    assert.deepEqual(outcome(), ['All of it: done', 'All of it: done']);
    assert.deepEqual(asked, ['one', 'two']);
    assert.deepEqual(
      looked.map(({ run: { runId, text }, askedAt }) => [runId, text, askedAt]),
      [
        ['run of one', 'Half', 7],
        ['run of two', 'Half', 7],
      ],
    );
  });

  it('is fetched later where it was not found, in the same answer and without being asked for', async () => {
    found = [{ type: 'incomplete', failure: failure('fetchRest') }];
    shown.begin();
    await run([0, 1]);
    assert.deepEqual(outcome(), ['Half: incomplete', 'Half: incomplete']);
    assert.ok(shown.canBeFetched);
    found = [
      { type: 'textReplaced', text: 'All of it' },
      { type: 'answered', usage: undefined },
    ];

    const { rest } = shown.beginRest();
    await run(rest);

    assert.deepEqual(outcome(), ['All of it: done', 'All of it: done']);
    assert.deepEqual([asked.length, shown.result.answers.length], [2, 1]);
  });

  it('is asked for again where nothing keeps the rest', async () => {
    shown.begin();
    await run([0, 1], 'retry');

    assert.deepEqual(outcome(), ['Half: incomplete', 'Half: incomplete']);
    assert.ok(!shown.canBeFetched);
    assert.deepEqual([looked, shown.beginRest().rest], [[], [0, 1]]);
  });

  it('is kept at the end of VS Code and not waited for, as long as its app goes on with it', async () => {
    for (const [mode, waits] of [
      ['workflow', false],
      ['completion', true],
    ] as const) {
      const life = new Life();
      let kept = 0;
      let isOver = false;
      const { promise: work, resolve } = Promise.withResolvers<void>();
      const finished = finishing(work, shownResult(mode), life, () => Promise.resolve(void kept++));

      const ending = life.end().then(() => (isOver = true));
      await new Promise((done) => setImmediate(done));
      assert.deepEqual([isOver, kept], [!waits, waits ? 0 : 1], mode);
      resolve();
      await Promise.all([ending, finished]);
    }
  });
});
