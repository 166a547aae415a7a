import assert from 'node:assert/strict';
import { newAnswer, type Result } from '../../../../src/conversation/result.ts';
import { newRun, type Run, type RunStatus } from '../../../../src/conversation/run.ts';
import type { App } from '../../../../src/host/app.ts';
import { newestFirst, runsOfConversation, runsOfResult } from '../../../../src/host/runs/runEntry.ts';
import { RunList } from '../../../../src/host/runs/runList.ts';
import { rowOf } from '../../../../src/host/runs/runRow.ts';
import { someConversation, someMessage } from '../../../support/conversations.ts';

const now = new Date(2026, 10, 23, 12, 0, 0).getTime();
const writing = { now, language: 'en' };
const failure = { fact: 'No quota left.', advice: '', remedy: 'retry', details: '' } as const;

function runWith(status: RunStatus, change: Partial<Run> = {}): Run {
  return { ...newRun, ...change, status };
}

function conversationOf(key: string, askedAt: number, run: Run) {
  return someConversation({
    key,
    id: `dify-${key}`,
    messages: [someMessage({ query: 'Where is\nit?', askedAt, run })],
  });
}

function resultOf(...runs: readonly Run[]): Result {
  const request = { inputs: {}, query: '', files: [] };
  const answer = newAnswer(
    runs.map(() => request),
    now - 60_000,
  );
  return {
    id: 'r1',
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
    app: { id: 'a1', name: 'Support', mode: 'completion' },
    source: { uri: 'file:///notes.md', languageId: 'markdown', file: 'notes.md', place: 'notes.md', parts: [] },
    answers: [{ ...answer, parts: answer.parts.map((part, index) => ({ ...part, run: runs[index] ?? newRun })) }],
  };
}

describe('A row of the runs', () => {
  const form = {
    form_id: 'f',
    form_token: 't',
    display_in_ui: true,
    node_id: 'n',
    node_title: 'Approval',
    form_content: '',
    inputs: [],
    actions: [],
    expiration_time: (now + 23 * 3_600_000 + 1) / 1000,
  };
  const rows: readonly (readonly [string, Run, string, string])[] = [
    ['waiting', runWith({ type: 'waiting', resend: undefined }), 'running · 8 s · Support', 'loading~spin'],
    [
      'done',
      runWith(
        { type: 'done' },
        { usage: { totalTokens: 388, latency: 2.1, totalPrice: undefined, currency: undefined } },
      ),
      'done · 2.1 s · 388 tokens · 11:59 · Support',
      'check',
    ],
    [
      'paused',
      runWith({ type: 'paused' }, { forms: [{ form, state: { type: 'open' } }] }),
      'needs you · 23 h left · Support',
      'bell-dot',
    ],
    ['stopped', runWith({ type: 'stopped' }), 'stopped · 11:59 · Support', 'circle-slash'],
    ['incomplete', runWith({ type: 'incomplete', failure }), 'incomplete · 11:59 · Support', 'debug-disconnect'],
    ['failed', runWith({ type: 'failed', failure }), 'failed · No quota left. · 11:59 · Support', 'error'],
  ];

  for (const [name, run, description, icon] of rows) {
    it(`says how a run is that is ${name}`, () => {
      const [entry] = runsOfConversation('a1', conversationOf('k1', now - 8_000, run));
      assert.ok(entry);

      const row = rowOf(entry, 'Support', writing);

      assert.deepEqual([row.label, row.description, row.icon.id], ['Where is it?', description, icon]);
    });
  }

  it('is called like the app where nothing was typed', () => {
    const conversation = someConversation({ key: 'k', messages: [someMessage({ query: '', askedAt: now })] });
    const [entry] = runsOfConversation('a1', conversation);
    assert.ok(entry);

    assert.equal(rowOf(entry, 'Report', writing).label, 'Report');
  });

  it('names the day of a run of another day', () => {
    const [entry] = runsOfConversation('a1', conversationOf('k', now - 5 * 86_400_000, runWith({ type: 'stopped' })));
    assert.ok(entry);

    assert.equal(rowOf(entry, 'Support', writing).description, 'stopped · Nov 18 · Support');
  });
});

describe('The runs of an action', () => {
  it('are one for each part of the text', () => {
    const done = runWith({ type: 'done' });

    assert.deepEqual(
      runsOfResult(resultOf(done)).map(({ title }) => title),
      ['Summary of notes.md'],
    );
    assert.deepEqual(
      runsOfResult(resultOf(done, done)).map(({ title }) => title),
      ['Summary of notes.md (1/2)', 'Summary of notes.md (2/2)'],
    );
  });
});

describe('The list of runs', () => {
  const app = { id: 'a1', name: 'Support', mode: 'chat' } as App;
  const kept = conversationOf('k1', now - 20_000, runWith({ type: 'incomplete', failure }));
  const open = conversationOf('k1', now - 20_000, runWith({ type: 'done' }));

  it('has the newest first, and of one that is open what is open', async () => {
    let reads = 0;
    const list = new RunList({
      apps: () => [app],
      conversations: () => {
        reads++;
        return Promise.resolve([{ conversation: kept, pinned: false, changedAt: 0 }]);
      },
      results: () => Promise.resolve([resultOf(runWith({ type: 'done' }))]),
      openChats: () => [
        { appId: 'a1', conversation: open },
        { appId: 'a1', conversation: conversationOf('k2', now, newRun) },
      ],
      openResults: () => [],
    });

    const runs = await list.runs();
    await list.runs();

    assert.deepEqual(
      runs.map(({ id, run }) => [id, run.status.type]),
      [
        ['chat k2 m1', 'waiting'],
        ['chat k1 m1', 'done'],
        ['action r1 0', 'done'],
      ],
    );
    assert.equal(reads, 1);
    assert.ok(list.isRunning());
    list.forget();
    await list.runs();
    assert.equal(reads, 2);
  });

  it('has no run twice', () => {
    const [one] = runsOfConversation('a1', kept);
    assert.ok(one);

    assert.equal(newestFirst([one], [one]).length, 1);
  });
});
