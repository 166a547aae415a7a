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
    const sending = window.chat.send(query);
    const turn = await dify.turn(dify.turns.length);
    await turn.says(text);
    await turn.cut();
    await sending;
  }

  /** From now on the history tells the answer, '' at first. */
  function answersAfter(looks: number, answer: string): void {
    const others = dify.answers.get.bind(dify.answers);
    let left = looks;
    dify.answers.get = (path) =>
      path === '/messages' ? { data: [listed('m1', 'One', left-- > 0 ? '' : answer)] } : others(path);
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

  it('is asked again as its own app is asked, whichever is shown by then', async () => {
    await window.apps.save(testApp('runs', { mode: 'workflow' }));
    await askCut('One', 'Ha');
    dify.answers.set('/messages', { data: [listed('m1', 'One', '')] });
    const [asked, cut] = [window.chat.shown, lastKey()];

    void window.asking.askAgain(cut);
    await window.apps.chooseChatApp(testApp('runs', { mode: 'workflow' }));
    await (await dify.turn(1)).answers('All of it');

    assert.deepEqual(
      asked?.conversation.messages.map(({ query, again }) => [query, again]),
      [
        ['One', undefined],
        ['One', cut],
      ],
    );
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
    beforeEach(() => open('advanced-chat'));

    it('is read on by itself where the app keeps it, which is said meanwhile', async () => {
      answersAfter(3, 'Half, and the rest');
      const told: string[] = [];
      window.chat.onEvent((event) => {
        if (event !== 'changed' && event.type === 'run') told.push(event.event.type);
      });

      await askCut('One', 'Ha');

      assert.deepEqual(window.turns, [['One', 'Half, and the rest', 'done']]);
      assert.deepEqual(told, ['started', 'textAppended', 'lost', 'started', 'textReplaced', 'answered']);
      assert.deepEqual(dify.queries, ['One']);
    });

    it('says so where the rest does not come, and fetches it later', async () => {
      answersAfter(1_000, '');
      await askCut('One', 'Ha');
      const { status, text } = window.conversation.messages[0]?.run ?? {};
      assert.ok(status?.type === 'incomplete');
      assert.deepEqual([status.failure.remedy, text], ['fetchRest', 'Ha']);
      assert.match(status.failure.advice, /no text of the answer yet/);
      answersAfter(3, 'Half, and the rest');

      await window.asking.remedy(lastKey(), 'fetchRest');

      assert.deepEqual(window.turns, [['One', 'Half, and the rest', 'done']]);
    });

    it('says so where the server does not have the question', async () => {
      await askCut('One', 'Ha');

      const { status } = window.conversation.messages[0]?.run ?? {};
      assert.ok(status?.type === 'incomplete');
      assert.equal(status.failure.remedy, 'retry');
    });

    it('can be fetched later when the person stops the fetching', async () => {
      answersAfter(1_000, '');
      window.chat.onEvent((event) => {
        if (event !== 'changed' && event.type === 'run' && event.event.type === 'lost') {
          queueMicrotask(() => window.chat.shown?.stop());
        }
      });

      await askCut('One', 'Ha');

      const { status } = window.conversation.messages[0]?.run ?? {};
      assert.equal(status?.type === 'incomplete' && status.failure.remedy, 'fetchRest');
      assert.equal(dify.read.filter((path) => path.endsWith('/stop')).length, 0);
    });

    it('says that the rest is lost where the app keeps none', async () => {
      await open();
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
