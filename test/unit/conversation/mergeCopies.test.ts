import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Conversation, Message } from '../../../src/conversation/conversation.ts';
import { mergeCopies, type Copy } from '../../../src/conversation/mergeCopies.ts';
import { newRun, type Run } from '../../../src/conversation/run.ts';
import { someConversation, someCopy, someMessage } from '../../support/conversations.ts';

const done = (text: string): Run => ({ ...newRun, text, status: { type: 'done' } });
const failure = { fact: 'Cut.', advice: '', remedy: 'retry', details: '' } as const;
const incomplete = (text: string): Run => ({ ...newRun, text, status: { type: 'incomplete', failure } });

function copyOf(messages: readonly Message[], change: Partial<Conversation> = {}): Copy {
  return someCopy(someConversation({ key: 'k', messages, ...change }));
}

/** The file of a conversation, and which messages are to be in it in the end. */
class File {
  copy: Copy | undefined;
  readonly asked = new Set<string>();
}

/** What a window shows, what it knows of the file, and what it removed. */
class Window {
  readonly #file: File;
  #shown = someConversation({ key: 'k' });
  #base = this.#shown;
  #removed: readonly string[] = [];

  constructor(file: File) {
    this.#file = file;
  }

  asks(): void {
    this.#ask(this.#shown.messages);
  }

  replaces(): void {
    const last = this.#shown.messages.at(-1);
    if (last === undefined) return;
    this.#file.asked.delete(last.key);
    this.#removed = [...this.#removed, last.key];
    this.#ask(this.#shown.messages.slice(0, -1));
  }

  rates(): void {
    const messages = this.#shown.messages.map((one) => ({ ...one, rating: 'like' }) as const);
    this.#shown = { ...this.#shown, messages };
  }

  writes(): void {
    const file = this.#file;
    const mine = { ...copyOf([]), conversation: this.#shown, removed: this.#removed };
    file.copy = file.copy === undefined ? mine : mergeCopies(this.#base, mine, file.copy);
    this.#base = this.#shown;
  }

  reads(): void {
    this.writes();
    this.#shown = this.#file.copy?.conversation ?? this.#shown;
    this.#base = this.#shown;
  }

  #ask(kept: readonly Message[]): void {
    const { asked } = this.#file;
    const askedAt = ++clock;
    const message = someMessage({ key: `m${askedAt}`, askedAt, run: done('Yes') });
    asked.add(message.key);
    this.#shown = { ...this.#shown, messages: [...kept, message] };
  }
}

let clock = 0;

const step = fc.record({
  window: fc.nat({ max: 2 }),
  does: fc.constantFrom('asks', 'asks', 'replaces', 'writes', 'writes', 'reads', 'rates'),
});

describe('Two copies of a conversation', () => {
  it('come together with every message that was asked and not replaced, whoever wrote in between', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const file = new File();
        const windows = [new Window(file), new Window(file), new Window(file)];
        for (const { window, does } of steps) windows[window]?.[does]();
        for (const window of windows) window.writes();

        assert.deepEqual(
          file.copy?.conversation.messages.map(({ key }) => key),
          [...file.asked],
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('give way to each other where only one of them changed', () => {
    const base = someConversation({ key: 'k', messages: [someMessage({ key: 'a', run: done('A') })] });
    const [a] = base.messages;
    assert.ok(a);
    const rated = copyOf([{ ...a, rating: 'like' }], { name: 'Theirs', id: 'c-2' });

    const untouched = mergeCopies(base, { ...copyOf([]), conversation: base }, rated);
    const mine = mergeCopies(base, rated, { ...copyOf([]), conversation: base });

    for (const { conversation } of [untouched, mine]) {
      assert.deepEqual(
        [conversation.messages[0]?.rating, conversation.name, conversation.id],
        ['like', 'Theirs', 'c-2'],
      );
    }
  });

  it('keep the answer that got further where both changed', () => {
    const cut = someMessage({ key: 'a', run: incomplete('Half') });
    const whole = someMessage({ key: 'a', run: done('Half and half') });
    const base = someConversation({ key: 'k', messages: [someMessage({ key: 'a' })] });

    for (const [mine, theirs] of [[cut, whole] as const, [whole, cut] as const]) {
      const { conversation } = mergeCopies(base, copyOf([mine]), copyOf([theirs]));
      assert.equal(conversation.messages[0]?.run.text, 'Half and half');
    }
  });

  it('are pinned as the file says, and changed when the later one was', () => {
    const mine = { ...copyOf([]), changedAt: 3 };
    const merged = mergeCopies(mine.conversation, mine, { ...copyOf([]), pinned: true, changedAt: 2 });

    assert.deepEqual([merged.pinned, merged.changedAt], [true, 3]);
  });
});
