import assert from 'node:assert/strict';
import {
  array,
  assert as holds,
  asyncProperty,
  constant,
  constantFrom,
  nat,
  oneof,
  record,
  type Arbitrary,
} from 'fast-check';
import { draftWith } from '../../../../src/conversation/draftText.ts';
import type { ChatState, ToWebview } from '../../../../src/conversation/protocol.ts';
import { isEnded } from '../../../../src/conversation/run.ts';
import { Outbox } from '../../../../src/host/chat/pages/outbox.ts';
import { emptyPage, receive, type Page } from '../../../../src/webview/page.ts';
import { ChatWindow } from '../../../support/chatWindow.ts';
import { testApp } from '../../../support/hostState.ts';
import { ScriptedDify, settled } from '../../../support/scriptedDify.ts';

const app = testApp('one');

/** A page that may be hidden and made anew. Its messages arrive at once; what waits in its outbox arrives when it is asked for. */
class TestPage {
  readonly #chat: ChatWindow['chat'];
  #page: Page = emptyPage;
  #outbox: Outbox | undefined;
  #stop: (() => void) | undefined;
  #heard = 0;

  constructor({ chat }: ChatWindow) {
    this.#chat = chat;
  }

  async show(): Promise<void> {
    this.hide();
    this.#page = emptyPage;
    const outbox = new Outbox((message) => this.#receive(message));
    this.#outbox = outbox;
    this.#stop = this.#chat.onEvent((event) => {
      this.#heard++;
      if (event === 'changed') void this.#snapshot(outbox);
      else outbox.push(event);
    });
    await this.#snapshot(outbox);
  }

  hide(): void {
    this.#stop?.();
    this.#outbox?.dispose();
    this.#outbox = undefined;
  }

  /** What it shows, once all that waits has arrived. */
  async shown(): Promise<Pick<Page, 'conversation' | 'queue' | 'queueHeld'>> {
    if (this.#outbox === undefined) await this.show();
    else await new Promise((resolve) => setTimeout(resolve, 20));
    const { conversation, queue, queueHeld } = this.#page;
    return { conversation, queue, queueHeld };
  }

  async #snapshot(outbox: Outbox): Promise<void> {
    let heard: number;
    let state: ChatState;
    do {
      heard = this.#heard;
      // oxlint-disable-next-line no-await-in-loop -- What happened meanwhile is in neither: it is read again.
      state = await this.#chat.state();
    } while (heard !== this.#heard);
    outbox.snapshot(state);
  }

  #receive(message: ToWebview): void {
    const page = receive(this.#page, message);
    assert.notEqual(page, 'lost');
    if (page !== 'lost') this.#page = page;
  }
}

/** A person who does everything at any time, and a server that answers anyhow. */
class World {
  readonly dify = new ScriptedDify();
  readonly window = new ChatWindow({ fetch: this.dify.fetch });
  readonly page = new TestPage(this.window);
  readonly keys: string[] = [];
  /** Questions of which nothing may be lost. */
  sent: string[] = [];
  #number = 0;

  async open(): Promise<void> {
    await this.window.open(app);
    await this.page.show();
    this.note();
  }

  note(): void {
    const { key } = this.window.conversation;
    if (!this.keys.includes(key)) this.keys.push(key);
  }

  send(): void {
    const question = `Question ${this.#number++}?`;
    this.sent.push(question);
    const before = this.window.chat.shown?.typed.text ?? '';
    const text = draftWith(before, question);
    this.window.chat.draft(text);
    void this.window.chat.send(text);
  }

  /** Does something to the turn that is open on the server, if there is one. */
  async answer(which: number, how: 'says' | 'ends' | 'cut' | 'fails'): Promise<void> {
    const open = this.dify.turns.filter(({ isOver }) => !isOver);
    const turn = open[which % Math.max(open.length, 1)];
    if (how === 'says') await turn?.says('word ');
    else if (how === 'ends') await turn?.answers('end');
    else if (how === 'cut') await turn?.cut();
    else await turn?.fails('no');
  }

  queued(what: 'up' | 'delete' | 'edit' | 'sendNow', which: number): void {
    const { shown } = this.window.chat;
    const queue = shown?.typed.queue ?? [];
    const item = queue[which % Math.max(queue.length, 1)];
    if (shown === undefined || item === undefined) return;
    if (what === 'edit') shown.editQueued(item.key);
    else if (what === 'sendNow') void shown.sendNow(item.key);
    else if (what === 'up') shown.changeQueue(item.key, 'up');
    else {
      this.sent = this.sent.filter((question) => !item.text.includes(question));
      shown.changeQueue(item.key, 'delete');
    }
  }

  async switchTo(which: number): Promise<void> {
    const key = this.keys[which % this.keys.length] ?? '';
    const kept = this.window.kept.conversations.get(`one ${key}`)?.conversation;
    await this.window.chat.openConversation(app, kept ?? { ...this.window.conversation, key, id: undefined });
  }

  /** All that there is of what was sent, wherever it is. */
  async everything(): Promise<string> {
    const all: unknown[] = [];
    for (const [index] of this.keys.entries()) {
      // oxlint-disable-next-line no-await-in-loop -- One conversation is shown at a time.
      await this.switchTo(index);
      const { conversation, shown } = this.window.chat;
      all.push(
        conversation?.messages.map(({ typed }) => typed),
        shown?.typed.text,
        shown?.typed.queue,
      );
    }
    return JSON.stringify(all);
  }

  /** No conversation has two answers under way, here or on the server. */
  check(): void {
    const { messages } = this.window.conversation;
    assert.ok(messages.filter(({ run }) => !isEnded(run)).length <= 1);
    const open = this.dify.turns.filter(({ isOver }) => !isOver).map(({ ids }) => ids.conversation_id);
    assert.equal(new Set(open).size, open.length);
  }
}

const which = nat(5);
const step = oneof(
  { weight: 4, arbitrary: constant({ does: 'send' } as const) },
  {
    weight: 6,
    arbitrary: record({
      does: constant('answer' as const),
      which,
      how: constantFrom('says', 'ends', 'cut', 'fails'),
    }),
  },
  {
    weight: 2,
    arbitrary: record({
      does: constant('queue' as const),
      which,
      what: constantFrom('up', 'delete', 'edit', 'sendNow'),
    }),
  },
  record({ does: constant('switch' as const), which }),
  record({ does: constantFrom('stop', 'new', 'resume', 'hide', 'show', 'wait') }),
);
type Step = typeof step extends Arbitrary<infer T> ? T : never;

async function doStep(world: World, one: Step): Promise<void> {
  const { chat } = world.window;
  switch (one.does) {
    case 'send':
      return world.send();
    case 'answer':
      return await world.answer(one.which, one.how);
    case 'queue':
      return world.queued(one.what, one.which);
    case 'switch':
      return await world.switchTo(one.which);
    case 'new':
      await chat.newConversation();
      return world.note();
    case 'stop':
      return chat.shown?.stop();
    case 'resume':
      return void chat.shown?.resumeQueue();
    case 'hide':
      return world.page.hide();
    case 'show':
      return await world.page.show();
    case 'wait':
      return await settled();
  }
}

describe('Whatever is done in whatever order', () => {
  it('runs one turn in a conversation, loses nothing that was sent, and shows what there is', async () => {
    await holds(
      asyncProperty(array(step, { maxLength: 30 }), async (steps) => {
        const world = new World();
        await world.open();
        for (const one of steps) {
          await doStep(world, one);
          world.check();
        }
        await settled();
        world.check();

        const { conversation, queue, queueHeld } = await world.window.chat.state();
        assert.deepEqual(await world.page.shown(), { conversation, queue, queueHeld });
        world.page.hide();
        const everything = await world.everything();
        await world.dify.close();
        for (const text of world.sent) assert.ok(everything.includes(text), `${text} is lost`);
      }),
      { numRuns: 50 },
    );
  });
});
