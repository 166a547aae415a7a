import assert from 'node:assert/strict';
import type { Conversation } from '../../../../src/conversation/conversation.ts';
import type { RunStatus } from '../../../../src/conversation/run.ts';
import { ChatWindow } from '../../../support/chatWindow.ts';
import { someConversation, someMessage } from '../../../support/conversations.ts';
import { newRun } from '../../../../src/conversation/run.ts';
import { testApp } from '../../../support/hostState.ts';
import { KeptInMemory } from '../../../support/keptInMemory.ts';
import { bodyOf } from '../../../support/recordings.ts';
import { exchangeOf, responseOf } from '../../../support/recordedRuns.ts';
import { settled } from '../../../support/scriptedDify.ts';

const recorded = 'b/reattach/chatflow-cut-snapshot';

const failure = {
  fact: 'Incomplete.',
  advice: 'The window was closed while the answer was running.',
  remedy: 'retry',
  details: '',
} as const;

/** What the server keeps of the recorded answer. */
const [kept] = (
  JSON.parse(bodyOf(exchangeOf(recorded, 2)).toString()) as {
    readonly data: readonly { readonly id: string; readonly answer: string; readonly conversation_id: string }[];
  }
).data;

describe('An answer that was running when its window was closed', () => {
  let asked: string[];

  /** A window that opens on a conversation whose last answer ended so. */
  async function open(status: RunStatus, { mode = 'advanced-chat', trusted = true } = {}): Promise<ChatWindow> {
    const app = testApp('one', { mode });
    const memory = new KeptInMemory();
    const run = { ...newRun, text: 'First: ', status, messageId: kept?.id, runId: 'r-1' };
    const conversation: Conversation = someConversation({
      key: 'k1',
      id: kept?.conversation_id,
      messages: [someMessage({ key: 'm', query: 'Tell me.', askedAt: Date.now(), run })],
    });
    memory.conversations.set('one k1', { conversation, pinned: false, changedAt: 1 });
    memory.current.set('one', 'k1');
    asked = [];
    const window = new ChatWindow({
      kept: memory,
      fetch: (url, { method }) => {
        const { pathname } = new URL(url);
        asked.push(`${method} ${pathname}`);
        if (pathname.endsWith('/events')) return Promise.resolve(responseOf(exchangeOf(recorded, 1)));
        if (pathname === '/v1/messages' && mode !== 'chat') return Promise.resolve(responseOf(exchangeOf(recorded, 2)));
        return Promise.resolve(Response.json({}));
      },
    });
    window.trusted = trusted;
    await window.open(app);
    for (let turn = 0; turn < 20; turn++) await settled();
    return window;
  }

  const attachments = (): number => asked.filter((call) => call.endsWith('/events')).length;

  it('is read on by itself to its end, and is paid for once', async () => {
    const { turns } = await open({ type: 'incomplete', failure, because: 'closed' });

    assert.deepEqual(turns, [['Tell me.', kept?.answer, 'done']]);
    assert.equal(attachments(), 1);
    assert.deepEqual(
      asked.filter((call) => call.startsWith('POST')),
      [],
    );
  });

  it('waits for the person in a workspace that is not trusted, and is read on when it is', async () => {
    const window = await open({ type: 'incomplete', failure, because: 'closed' }, { trusted: false });
    const status = window.conversation.messages[0]?.run.status;
    assert.equal(status?.type === 'incomplete' && status.failure.remedy, 'fetchRest');
    assert.deepEqual(asked, []);
    window.trusted = true;

    window.chat.catchUp();
    for (let turn = 0; turn < 20; turn++) await settled();

    assert.equal(window.turns[0]?.[2], 'done');
    assert.equal(attachments(), 1);
  });

  it('rule 19: is never read on by itself where the person stopped it, or gave it up', async () => {
    await open({ type: 'stopped' });
    assert.equal(attachments(), 0);
    await open({ type: 'incomplete', failure: { ...failure, remedy: 'fetchRest' } });
    assert.equal(attachments(), 0);
  });

  it('is said to be lost in an app that keeps no answers, and is asked again only by the person', async () => {
    const window = await open({ type: 'incomplete', failure, because: 'closed' }, { mode: 'chat' });
    const status = window.conversation.messages[0]?.run.status;

    assert.ok(status?.type === 'incomplete');
    assert.equal(status.failure.remedy, 'retry');
    assert.match(status.failure.advice, /keeps no answer that was not read to its end/);
    assert.equal(attachments(), 0);
  });

  it('is the same in two windows that read it on at the same time', async () => {
    const window = await open({ type: 'incomplete', failure, because: 'closed' });
    const other = await open({ type: 'incomplete', failure, because: 'closed' });
    const there = other.conversation;

    window.chat.shown?.join(there);

    assert.deepEqual(window.turns, [['Tell me.', kept?.answer, 'done']]);
  });
});
