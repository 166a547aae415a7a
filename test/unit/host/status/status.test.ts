import assert from 'node:assert/strict';
import type { App } from '../../../../src/host/app.ts';
import { spokenOf, statusOf, textOf, type StatusFacts, type StatusState } from '../../../../src/host/status/status.ts';
import { menuOf } from '../../../../src/host/status/statusMenu.ts';

const app: App = {
  id: '1',
  baseUrl: 'https://dify.test/v1',
  name: 'Support',
  mode: 'advanced-chat',
  description: '',
  emoji: '',
  version: '1.14.2',
};
const quiet: StatusFacts = {
  app,
  health: { state: 'ok', reason: '', at: 0 },
  activity: { answering: undefined, running: [], waiting: [] },
  moment: (at) => `at ${at}`,
};
const unencrypted = { ...app, baseUrl: 'http://dify.test:8080/v1' };
const demo = { ...app, baseUrl: 'https://demo.invalid/v1' };
const gone = { state: 'keyMissing', reason: '', at: 5 } as const;
const notReached = { state: 'notReached', reason: 'Nothing answers at dify.test.', at: 7 } as const;
const waiting = { app, until: 9 };

const rows: readonly (readonly [string, Partial<StatusFacts>, StatusState, string, string])[] = [
  ['ready', {}, 'ready', '$(comment-discussion) Support', 'Support, Chatflow at dify.test. Click to switch.'],
  [
    'never asked',
    { health: { state: 'unknown', reason: '', at: 0 } },
    'ready',
    '$(comment-discussion) Support',
    'Support, Chatflow at dify.test. Click to switch.',
  ],
  [
    'failed for a reason of the app',
    { health: { state: 'failed', reason: 'No quota.', at: 1 } },
    'ready',
    '$(comment-discussion) Support',
    'Support, Chatflow at dify.test. Click to switch.',
  ],
  [
    'answering',
    { activity: { answering: { app, title: 'My boats' }, running: [], waiting: [] } },
    'answering',
    '$(loading~spin) Support',
    'Answering in “My boats”. Click to open, Esc in the chat stops.',
  ],
  [
    'running a recipe',
    { activity: { answering: undefined, running: [{ app, title: 'Summary of notes.md' }], waiting: [waiting] } },
    'running',
    '$(loading~spin) Support',
    'Support: Summary of notes.md. Click to stop it.',
  ],
  [
    'running two recipes',
    {
      activity: {
        answering: undefined,
        running: [
          { app, title: 'Summary of notes.md' },
          { app, title: 'Translation of notes.md' },
        ],
        waiting: [],
      },
    },
    'running',
    '$(loading~spin) Support',
    'Support: Summary of notes.md, and 2 recipes run in all. Click to stop them.',
  ],
  [
    'answering, tried again',
    { health: notReached, activity: { answering: { app, title: 'T' }, running: [], waiting: [waiting] } },
    'answering',
    '$(loading~spin) Support',
    'Answering in “T”. Click to open, Esc in the chat stops.',
  ],
  [
    'a form',
    { activity: { answering: undefined, running: [], waiting: [waiting] } },
    'needsYou',
    '$(bell-dot) 1 needs you',
    'Support waits for your answer until at 9.',
  ],
  [
    'forms without a deadline',
    { activity: { answering: undefined, running: [], waiting: [{ app, until: undefined }, waiting] } },
    'needsYou',
    '$(bell-dot) 2 need you',
    'Support waits for your answer.',
  ],
  [
    'key missing',
    { health: gone },
    'keyMissing',
    '$(key) Key missing',
    'The key for dify.test is gone from the secret storage. Click to enter it.',
  ],
  [
    'key refused',
    { health: { ...gone, state: 'keyRefused' } },
    'keyRefused',
    '$(key) Key refused',
    'dify.test did not accept the key. Click to enter it.',
  ],
  [
    'not reached',
    { health: notReached },
    'notReached',
    '$(debug-disconnect) Dify not reached',
    'dify.test: Nothing answers at dify.test. Last try at 7. Click to try again.',
  ],
  [
    'not reached for no known reason',
    { health: { ...notReached, reason: '' } },
    'notReached',
    '$(debug-disconnect) Dify not reached',
    'dify.test cannot be reached. Last try at 7. Click to try again.',
  ],
  [
    'not encrypted',
    { app: unencrypted },
    'notEncrypted',
    '$(unlock) Support',
    'http://dify.test:8080: the key and your text travel unencrypted.',
  ],
  [
    'on this computer',
    { app: { ...app, baseUrl: 'http://127.0.0.1:80/v1' } },
    'ready',
    '$(comment-discussion) Support',
    'Support, Chatflow at 127.0.0.1. Click to switch.',
  ],
  ['the demo', { app: demo }, 'demo', '$(beaker) Demo', 'Demo server on this computer. Click to connect your app.'],
];

describe('The status bar item', () => {
  for (const [name, facts, state, text, tooltip] of rows) {
    it(`shows an app in use: ${name}`, () => {
      const status = statusOf({ ...quiet, ...facts });

      assert.deepEqual([status.state, textOf(status), status.tooltip], [state, text, tooltip]);
    });
  }

  it('warns where nothing goes on before the person enters a key, and nowhere else', () => {
    const warning = rows.filter(([, facts]) => statusOf({ ...quiet, ...facts }).warns).map(([name]) => name);

    assert.deepEqual(warning, ['key missing', 'key refused']);
  });

  it('is spoken without icons', () => {
    assert.equal(spokenOf(statusOf(quiet)), 'Dify, Support: Support, Chatflow at dify.test. Click to switch.');
  });

  it('draws nothing of what an app is called', () => {
    const named = (name: string): string => textOf(statusOf({ ...quiet, app: { ...app, name } }));

    assert.equal(named('A\n$(sync~spin) B').replaceAll('\u200B', ''), '$(comment-discussion) A $(sync~spin) B');
    assert.doesNotMatch(named('$(sync~spin)$(x)').slice(2), /\$\([a-z]/);
    assert.equal(named('x'.repeat(100)).length, '$(comment-discussion) '.length + 40);
  });

  it('does first what its tooltip says that a click does', () => {
    const firsts = [...new Set(rows.map(([, , state]) => state))].map((state) => [
      state,
      menuOf(state, state === 'demo')[0]?.run,
    ]);

    assert.deepEqual(Object.fromEntries(firsts), {
      ready: 'difyCompanion.chat.switchApp',
      running: 'difyCompanion.results.stop',
      answering: 'difyCompanion.chat.show',
      needsYou: 'difyCompanion.chat.show',
      keyMissing: 'enterKey',
      keyRefused: 'enterKey',
      notReached: 'test',
      notEncrypted: 'difyCompanion.chat.show',
      demo: 'difyCompanion.apps.connect',
    });
  });

  it('offers everything once, in every state', () => {
    const labels = menuOf('ready', false).map(({ label }) => label.replace(/^\$\(.*?\) /, ''));
    const inDemo = menuOf('answering', true).map(({ run }) => run);

    assert.deepEqual(labels, ['Switch App…', 'Open Chat', 'Runs', 'Manage Apps…', 'Test Connection', 'Show Log']);
    assert.ok(inDemo.includes('difyCompanion.demo.leave'));
    assert.ok(!inDemo.includes('test'));
    assert.equal(new Set(inDemo).size, inDemo.length);
    assert.ok(!inDemo.includes('difyCompanion.apps.testConnection'), 'there is no connection to test');
  });
});
