import assert from 'node:assert/strict';
import type { ChatEvent, Queued } from '../../../../src/conversation/protocol.ts';
import { ChatWindow } from '../../../support/chatWindow.ts';
import { testApp } from '../../../support/hostState.ts';
import { ScriptedDify, settled } from '../../../support/scriptedDify.ts';

describe('Questions that are sent while an answer is under way', () => {
  let dify: ScriptedDify;
  let window: ChatWindow;
  const queued = (): readonly string[] => (window.chat.shown?.typed.queue ?? []).map(({ text }) => text);
  const keyOf = (text: string): string => window.chat.shown?.typed.queue.find((one) => one.text === text)?.key ?? '';

  beforeEach(async () => {
    dify = new ScriptedDify();
    window = new ChatWindow({ fetch: dify.fetch });
    await window.open(testApp('one'));
  });

  afterEach(() => dify.close());

  /** Types and sends, one after the other, and lets happen what happens then. */
  async function send(...texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      window.chat.draft(text);
      void window.chat.send(text);
      await settled();
    }
  }

  it('wait, and go one after the other once the answer before is there', async () => {
    await send('One', 'Two', 'Three');
    assert.deepEqual([dify.queries, queued()], [['One'], ['Two', 'Three']]);

    await (await dify.turn(0)).answers('1');
    assert.deepEqual([dify.queries, queued()], [['One', 'Two'], ['Three']]);
    await (await dify.turn(1)).answers('2');
    await (await dify.turn(2)).answers('3');

    assert.deepEqual(window.turns, [
      ['One', '1', 'done'],
      ['Two', '2', 'done'],
      ['Three', '3', 'done'],
    ]);
  });

  for (const [how, end] of [
    ['was cut off', async () => (await dify.turn(0)).cut()],
    ['failed', async () => (await dify.turn(0)).fails('no')],
    [
      'was stopped',
      async () => {
        window.chat.shown?.stop();
        await settled();
      },
    ],
  ] as const) {
    it(`wait for the person where the answer before ${how}`, async () => {
      await send('One', 'Two', 'Three');
      await (await dify.turn(0)).says('Half');
      await end();

      assert.deepEqual([dify.queries, queued(), window.chat.shown?.queueHeld], [['One'], ['Two', 'Three'], true]);
      void window.chat.shown?.resumeQueue();
      await (await dify.turn(1)).answers('2');
      assert.deepEqual([dify.queries, window.chat.shown?.queueHeld], [['One', 'Two', 'Three'], false]);
    });
  }

  it('change their places, leave, and come back under what is typed', async () => {
    const told: ChatEvent[] = [];
    await send('One', 'Two', 'Three', 'Four');
    window.chat.onEvent((event) => event !== 'changed' && told.push(event));
    window.chat.draft('Unfinished');

    window.chat.shown?.changeQueue(keyOf('Four'), 'up');
    assert.deepEqual(queued(), ['Two', 'Four', 'Three']);
    window.chat.shown?.changeQueue(keyOf('Two'), 'up');
    window.chat.shown?.changeQueue(keyOf('Two'), 'down');
    assert.deepEqual(queued(), ['Four', 'Two', 'Three']);
    window.chat.shown?.changeQueue(keyOf('Two'), 'delete');
    window.chat.shown?.editQueued(keyOf('Four'));

    assert.deepEqual([queued(), window.chat.shown?.typed.text], [['Three'], 'Unfinished\n\nFour']);
    assert.deepEqual(
      told.filter(({ type }) => type === 'draftAdded'),
      [{ type: 'draftAdded', text: 'Four' }],
    );
  });

  it('go at once where the person wants it: the answer is stopped, and the others follow', async () => {
    await send('One', 'Two', 'Three');
    await (await dify.turn(0)).says('Half');

    void window.chat.shown?.sendNow(keyOf('Three'));
    await (await dify.turn(1)).answers('3');
    await (await dify.turn(2)).answers('2');

    assert.deepEqual(dify.queries, ['One', 'Three', 'Two']);
    assert.deepEqual(window.turns, [
      ['One', 'Half', 'stopped'],
      ['Three', '3', 'done'],
      ['Two', '2', 'done'],
    ]);
  });

  it('wait for the person in the next window', async () => {
    await send('One', 'Two');
    const next = new ChatWindow({ fetch: dify.fetch, kept: window.kept });

    await next.open(testApp('one'));

    const { queue, queueHeld } = await next.chat.state();
    assert.deepEqual([queue.map(({ text }) => text), queueHeld, dify.queries], [['Two'], true, ['One']]);
  });

  it('stay in the queue, and on the disk, where what goes along with one cannot be read', async () => {
    await send('One', 'Two', 'Three');
    const next = new ChatWindow({ fetch: dify.fetch, kept: window.kept });
    let fails: (error: Error) => void = () => {};
    const take = (): Promise<never> => new Promise((_, reject) => (fails = reject));
    next.chat.add([], { take });
    await next.open(testApp('one'));
    const { key } = next.conversation;
    const texts = (queue: readonly Queued[] = []): readonly string[] => queue.map(({ text }) => text);

    const going = next.chat.shown?.resumeQueue();
    assert.deepEqual(texts((await next.chat.state()).queue), ['Three']);
    assert.deepEqual(texts(window.kept.typed.get(`one ${key}`)?.queue), ['Two', 'Three']);
    fails(new Error('EACCES'));
    await assert.rejects(async () => await going, /EACCES/);

    const { queue, queueHeld } = await next.chat.state();
    assert.deepEqual([texts(queue), queueHeld, dify.queries], [['Two', 'Three'], true, ['One']]);
  });

  it('are one where Enter was pressed twice, and two where they were typed twice', async () => {
    window.chat.draft('One');
    void window.chat.send('One');
    void window.chat.send('One');
    await settled();
    void window.chat.send('One ');
    await settled();
    assert.deepEqual([dify.queries, queued()], [['One'], []]);

    await send('One');
    void window.chat.send('One');
    await settled();
    assert.deepEqual([dify.queries, queued()], [['One'], ['One']]);
  });

  it('may be the same as before once that is answered', async () => {
    void window.chat.send('Again');
    await (await dify.turn(0)).answers('1');
    void window.chat.send('Again');
    await (await dify.turn(1)).answers('2');

    assert.equal(window.turns.length, 2);
  });
});
