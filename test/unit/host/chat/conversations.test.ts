import assert from 'node:assert/strict';
import type { ChatEvent } from '../../../../src/conversation/protocol.ts';
import { chatActs } from '../../../../src/host/chat/chatActs.ts';
import { ChatWindow } from '../../../support/chatWindow.ts';
import { demoIdPrefix } from '../../../../src/host/app.ts';
import { testApp } from '../../../support/hostState.ts';
import { ScriptedDify, settled } from '../../../support/scriptedDify.ts';

const app = testApp('one');
const item = { key: 'i', kind: 'file', name: 'a.ts', lines: undefined, size: 7 } as const;

describe('The conversations of a window', () => {
  let dify: ScriptedDify;
  let window: ChatWindow;

  beforeEach(async () => {
    dify = new ScriptedDify();
    window = new ChatWindow({ fetch: dify.fetch });
    await window.open(app);
  });

  afterEach(() => dify.close());

  async function ask(query: string, answer: string): Promise<void> {
    const number = dify.turns.length;
    void window.chat.send(query);
    await (await dify.turn(number)).answers(answer);
  }

  it('keep what is typed in each, also its attachments and its form, here and in the next window', async () => {
    await ask('One', '1');
    const first = window.conversation;
    window.chat.draft('half a question');
    window.chat.keepTyped('one', first.key, { contexts: [item], form: { name: 'Ada' } });
    await window.chat.newConversation();
    const second = window.conversation;
    assert.notEqual(second.key, first.key);
    assert.equal((await window.chat.state()).draft, '');
    window.chat.draft('another');

    await window.chat.openConversation(app, first);
    assert.equal((await window.chat.state()).draft, 'half a question');
    await window.chat.openConversation(app, second);

    const next = new ChatWindow({ fetch: dify.fetch, kept: window.kept });
    await next.open(app);
    assert.equal((await next.chat.state()).draft, 'another');
    await next.chat.openConversation(app, first);
    const { text, contexts, form } = next.chat.shown?.typed ?? {};
    assert.deepEqual([text, contexts, form], ['half a question', [item], { name: 'Ada' }]);
    assert.deepEqual(next.turns, [['One', '1', 'done']]);
  });

  it('keep a text with the conversation in which it was typed, also where that is told late', async () => {
    await ask('One', '1');
    const first = window.conversation;
    await window.chat.newConversation();

    window.chat.draft('typed before', first.key);

    assert.equal((await window.chat.state()).draft, '');
    assert.deepEqual(window.chat.going('one'), new Map([[first.key, 'draft']]));
  });

  it('are each asked what was written in it, whichever is shown when that arrives', async () => {
    await ask('One', '1');
    const first = window.conversation;
    await window.chat.newConversation();
    const acts = chatActs(window.chat, window.asking);

    void acts.send({ type: 'send', query: 'Two', key: first.key });
    await (await dify.turn(1)).answers('2');
    void acts.send({ type: 'send', query: 'Of no conversation', key: 'gone' });
    void acts.editQuestion({
      type: 'editQuestion',
      key: first.messages[0]?.key ?? '',
      query: 'Not here',
      how: 'followUp',
    });
    await settled();

    assert.deepEqual(window.turns, []);
    assert.deepEqual(
      window.chat.opened('one', first.key)?.messages.map(({ typed }) => typed),
      ['One', 'Two'],
    );
    assert.equal(dify.turns.length, 2);
  });

  it('go on while another one is shown, and say where', async () => {
    void window.chat.send('One');
    const turn = await dify.turn(0);
    const first = window.conversation;
    await window.chat.newConversation();
    assert.deepEqual(window.chat.going('one'), new Map([[first.key, 'answering']]));
    const told: unknown[] = [];
    window.chat.onEvent((event) => told.push(event));

    await turn.answers('1');

    assert.deepEqual(told, []);
    await window.chat.openConversation(app, first);
    assert.deepEqual(window.turns, [['One', '1', 'done']]);
  });

  it('stay where they are when another app is shown, and are there again with it', async () => {
    void window.chat.send('One');
    await (await dify.turn(0)).says('Half');
    await window.open(testApp('two'));
    await window.apps.chooseChatApp(testApp('two'));
    await window.chat.state();
    assert.deepEqual(window.turns, []);

    await window.apps.chooseChatApp(app);
    await window.chat.state();

    assert.deepEqual(window.turns, [['One', 'Half', 'answering']]);
  });

  it('are one where nothing was asked yet: no empty ones are left behind', async () => {
    const { key } = window.conversation;
    window.chat.draft('typed');

    await window.chat.newConversation('and put there');

    assert.equal(window.conversation.key, key);
    assert.equal((await window.chat.state()).draft, 'typed\n\nand put there');
  });

  it('are changed open or only kept, and let go of when they are deleted', async () => {
    await ask('One', '1');
    const { key } = window.conversation;
    const told: ChatEvent[] = [];
    window.chat.onEvent((event) => event !== 'changed' && told.push(event));
    await window.chat.apply('one', key, { type: 'named', name: 'Numbers' });
    assert.deepEqual(told, [{ type: 'named', name: 'Numbers' }]);
    const other = new ChatWindow({ fetch: dify.fetch, kept: window.kept });
    await other.chat.apply('one', key, { type: 'named', name: 'Digits' });
    assert.equal(window.kept.conversations.get(`one ${key}`)?.conversation.name, 'Digits');

    window.kept.conversations.clear();
    await window.chat.drop('one', key);

    assert.notEqual(window.conversation.key, key);
    assert.deepEqual([...window.kept.conversations.keys()], []);
  });

  it('are as they were when a deletion is undone, with what was answered until then and what is typed, also of the demo', async () => {
    const demo = { ...testApp('demo'), id: `${demoIdPrefix}chat` };
    for (const one of [app, demo]) {
      await window.open(one);
      await window.apps.chooseChatApp(one);
      await window.chat.state();
      const number = dify.turns.length;
      void window.chat.send('One');
      await (await dify.turn(number)).says('half');
      window.chat.draft('typed');
      const { conversation } = window;

      await window.chat.leave(one.id, conversation.key);
      await settled();
      assert.notEqual(window.conversation.key, conversation.key);
      await window.chat.openConversation(one, conversation);

      assert.deepEqual(window.turns, [['One', 'half', 'stopped']]);
      assert.equal((await window.chat.state()).draft, 'typed');
    }
  });

  it('that are the same in two windows show the turns of both, and lose none', async () => {
    await ask('One', '1');
    const other = new ChatWindow({ fetch: dify.fetch, kept: window.kept });
    await other.open(app);
    assert.deepEqual(other.turns, [['One', '1', 'done']]);

    void window.chat.send('Here');
    void other.chat.send('There');
    const [here, there] = [await dify.turn(1), await dify.turn(2)];
    await here.says('2');
    await there.says('3');
    await there.ends();
    await here.ends();
    await settled();

    const both = [
      ['Here', '2', 'done'],
      ['One', '1', 'done'],
      ['There', '3', 'done'],
    ];
    assert.deepEqual(
      window.turns.toSorted(([a], [b]) => a.localeCompare(b)),
      both,
    );
    assert.deepEqual(
      other.turns.toSorted(([a], [b]) => a.localeCompare(b)),
      both,
    );
  });

  it('send the inputs of their form with every question', async () => {
    dify.answers.set('/parameters', { user_input_form: [{ 'text-input': { variable: 'who', default: 'the owner' } }] });
    await ask('One', '1');
    dify.answers.set('/parameters', { user_input_form: [{ 'text-input': { variable: 'who', default: 'another' } }] });
    await ask('Two', '2');
    await window.chat.newConversation();
    await window.chat.apply('one', window.conversation.key, { type: 'inputsSet', inputs: { who: 'Ada' } });
    await ask('Three', '3');
    await ask('Four', '4');

    assert.deepEqual(
      dify.turns.map(({ body }) => body['inputs']),
      [{ who: 'the owner' }, { who: 'the owner' }, { who: 'Ada' }, { who: 'Ada' }],
    );
  });

  it('let go of the long left, written, and find them again', async () => {
    await ask('First', '1');
    const first = window.conversation;
    for (let n = 2; n < 15; n++) {
      await window.chat.newConversation();
      await ask(`Question ${n}`, `${n}`);
    }
    assert.equal(window.chat.typedIn('one', first.key), undefined);

    await window.chat.openConversation(app, first);

    assert.deepEqual(window.turns, [['First', '1', 'done']]);
  });
});
