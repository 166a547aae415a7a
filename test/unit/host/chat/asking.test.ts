import assert from 'node:assert/strict';
import { ChatWindow } from '../../../support/chatWindow.ts';
import { testApp } from '../../../support/hostState.ts';
import { ScriptedDify, settled } from '../../../support/scriptedDify.ts';

/** A message as the history has it. */
function listed(id: string, query: string, answer: string): Readonly<Record<string, unknown>> {
  return { id, conversation_id: 'c1', query, answer, created_at: Math.floor(Date.now() / 1000), status: 'normal' };
}

describe('A question that was asked', () => {
  let dify: ScriptedDify;
  let window: ChatWindow;
  const lastKey = (): string => window.conversation.messages.at(-1)?.key ?? '';

  async function open(mode = 'chat'): Promise<void> {
    dify = new ScriptedDify();
    window = new ChatWindow({ fetch: dify.fetch });
    await window.open(testApp('one', { mode }));
  }

  async function askCut(query: string, text: string): Promise<void> {
    void window.chat.send(query);
    const turn = await dify.turn(dify.turns.length);
    await turn.says(text);
    await turn.cut();
  }

  async function ask(query: string, answer: string): Promise<void> {
    const number = dify.turns.length;
    void window.chat.send(query);
    await (await dify.turn(number)).answers(answer);
  }

  beforeEach(() => open());

  afterEach(() => dify.close());

  it('is asked again at the end, and says of which it is another version', async () => {
    await ask('One', '1');
    const first = lastKey();

    void window.asking.askAgain(first);
    await (await dify.turn(1)).answers('2');
    void window.asking.askAgain(lastKey());
    await (await dify.turn(2)).answers('3');

    assert.deepEqual(
      window.conversation.messages.map(({ query, again }) => [query, again]),
      [
        ['One', undefined],
        ['One', first],
        ['One', first],
      ],
    );
  });

  it('is not asked again where the server has its answer after all', async () => {
    await askCut('One', 'Ha');
    dify.answers.set('/messages', { data: [listed('m1', 'One', 'Half, and the rest')] });

    await window.asking.askAgain(lastKey());

    assert.deepEqual(window.turns, [['One', 'Half, and the rest', 'done']]);
    assert.deepEqual([dify.queries, window.said.length], [['One'], 1]);
  });

  it('is asked again where the server has no answer', async () => {
    await askCut('One', 'Ha');
    dify.answers.set('/messages', { data: [listed('m1', 'One', '')] });

    void window.asking.askAgain(lastKey());
    await (await dify.turn(1)).answers('All of it');

    assert.deepEqual(window.turns, [
      ['One', 'Ha', 'incomplete'],
      ['One', 'All of it', 'done'],
    ]);
  });

  it('is found where it began a conversation of which nothing was heard', async () => {
    dify.refusal = () => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) });
    };
    await window.chat.send('One');
    assert.equal(window.turns[0]?.[2], 'failed');
    assert.equal((await window.chat.state()).draft, 'One');
    dify.answers.set('/conversations', { data: [{ id: 'c1', created_at: Math.floor(Date.now() / 1000) }] });
    dify.answers.set('/messages', { data: [listed('m1', 'One', 'There all along')] });

    await window.asking.askAgain(lastKey());

    assert.deepEqual(window.turns, [['One', 'There all along', 'done']]);
    assert.deepEqual([window.conversation.id, dify.queries, window.said.length], ['c1', [], 1]);
  });

  describe('and whose answer was cut off', () => {
    it('offers the rest where the app keeps it, and fetches it', async () => {
      await open('advanced-chat');
      await askCut('One', 'Ha');
      const { status } = window.conversation.messages[0]?.run ?? {};
      assert.equal(status?.type === 'incomplete' && status.failure.remedy, 'fetchRest');
      let looks = 0;
      const readOn = dify.answers.get.bind(dify.answers);
      dify.answers.get = (path) =>
        path === '/messages' ? { data: [listed('m1', 'One', ++looks < 3 ? '' : 'Half, and the rest')] } : readOn(path);

      await window.asking.remedy(lastKey(), 'fetchRest');

      assert.deepEqual([window.turns, looks], [[['One', 'Half, and the rest', 'done']], 3]);
    });

    it('says so where the rest does not come, and lets it be looked for again', async () => {
      await open('advanced-chat');
      await askCut('One', 'Ha');
      dify.answers.set('/messages', { data: [listed('m1', 'One', '')] });

      await window.asking.remedy(lastKey(), 'fetchRest');

      const { status, text } = window.conversation.messages[0]?.run ?? {};
      assert.ok(status?.type === 'incomplete');
      assert.deepEqual([status.failure.remedy, text], ['fetchRest', 'Ha']);
      assert.match(status.failure.advice, /no text of the answer yet/);
    });

    it('says so where the server does not have the question, and where the conversation is gone', async () => {
      await open('advanced-chat');
      await askCut('One', 'Ha');
      await window.asking.remedy(lastKey(), 'fetchRest');
      const { status } = window.conversation.messages[0]?.run ?? {};
      assert.ok(status?.type === 'incomplete');
      assert.equal(status.failure.remedy, 'retry');
    });

    it('is left as it was when the person stops the fetching', async () => {
      await open('advanced-chat');
      await askCut('One', 'Ha');
      dify.answers.set('/messages', { data: [listed('m1', 'One', '')] });
      window.chat.onEvent((event) => {
        if (event !== 'changed' && event.type === 'run' && event.event.type === 'resumed') {
          queueMicrotask(() => window.chat.shown?.stop());
        }
      });
      const before = window.conversation.messages[0]?.run.status;

      await window.asking.remedy(lastKey(), 'fetchRest');

      assert.deepEqual(window.conversation.messages[0]?.run.status, before);
    });

    it('says that the rest is lost where the app keeps none', async () => {
      await askCut('One', 'Ha');

      const { status } = window.conversation.messages[0]?.run ?? {};
      assert.ok(status?.type === 'incomplete');
      assert.equal(status.failure.remedy, 'retry');
      assert.match(status.failure.advice, /keeps no answer that was not read to its end/);
    });
  });

  it('is kept, and offered in a new conversation, where Dify has the old one no more', async () => {
    await ask('One', '1');
    dify.refusal = () =>
      Response.json({ code: 'not_found', message: 'Conversation Not Exists.', status: 404 }, { status: 404 });
    await window.chat.send('Two');
    const { status } = window.conversation.messages[1]?.run ?? {};
    assert.ok(status?.type === 'failed');

    await window.asking.remedy(lastKey(), status.failure.remedy);

    assert.deepEqual([window.turns, (await window.chat.state()).draft], [[], 'Two']);
  });

  it('is asked in another way as a follow-up, or in a new conversation with what was said before it', async () => {
    await ask('One', '1');
    await ask('Two', '2');
    const [, second] = window.conversation.messages;
    assert.ok(second !== undefined);
    void window.asking.editQuestion(second.key, 'Two, please', 'followUp');
    await (await dify.turn(2)).answers('2.');

    await window.asking.editQuestion(second.key, 'Three', 'fork');

    const { draft, conversation } = await window.chat.state();
    assert.deepEqual(conversation.messages, []);
    assert.match(draft, /^From an earlier conversation.*\n\nQuestion: One\n\nAnswer: 1\n\nThree$/);
    assert.equal(dify.turns.length, 3);
  });

  it('goes with its answer into a new conversation', async () => {
    await ask('One', '1');
    await ask('Two', '2');
    await window.asking.fork(window.conversation.messages[0]?.key ?? '');
    await settled();

    assert.match((await window.chat.state()).draft, /Question: One\n\nAnswer: 1$/);
  });
});
