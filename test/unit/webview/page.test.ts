import { someQuestion, someMessage } from '../../support/conversations.ts';
import { emptyChat } from '../../../src/conversation/protocol.ts';
import assert from 'node:assert/strict';
import { emptyConversation, type Conversation } from '../../../src/conversation/conversation.ts';
import type { ChatEvent, ChatState } from '../../../src/conversation/protocol.ts';
import { newRun } from '../../../src/conversation/run.ts';
import { emptyPage, type Page, receive } from '../../../src/webview/page.ts';

const asked: ChatEvent = someQuestion({ key: 'k', query: 'Hello?', askedAt: 1, replaces: undefined });
const withQuestion: Conversation = {
  ...emptyConversation,
  messages: [someMessage({ key: 'k', query: 'Hello?', askedAt: 1, run: newRun, forgotten: false })],
};

function state(change: Partial<ChatState> = {}): ChatState {
  return { ...emptyChat, ...change };
}

/** A page that has had a snapshot with the number 4. */
function ready(change: Partial<Page> = {}): Page {
  return { ...emptyPage, seq: 4, ...change };
}

function events(seq: number, ...list: ChatEvent[]) {
  return { type: 'events', seq, events: list } as const;
}

describe('receive', () => {
  it('loses an event that comes before the first snapshot', () => {
    assert.equal(receive(emptyPage, events(1, asked)), 'lost');
  });

  it('takes the state and the draft of the first snapshot', () => {
    const page = receive(emptyPage, { type: 'snapshot', seq: 7, state: state({ draft: 'Half' }) });

    assert.deepEqual(page, { ...emptyPage, seq: 7, draft: 'Half', text: 'Half', textChanges: 1 });
  });

  it('folds events that come in order', () => {
    assert.deepEqual(receive(ready(), events(5, asked)), ready({ seq: 5, conversation: withQuestion }));
  });

  it('takes what is typed in another view of the same conversation, and of no other', () => {
    const page = ready({ text: 'mine', conversation: { ...emptyConversation, key: 'here' } });

    for (const [key, text] of [
      ['elsewhere', 'mine'],
      ['here', 'typed'],
    ] as const) {
      const next = receive(page, events(5, { type: 'drafted', key, text: 'typed' }));
      assert.equal(next === 'lost' ? undefined : next.text, text);
    }
  });

  it('is lost after a gap', () => {
    assert.equal(receive(ready(), events(6, asked)), 'lost');
  });

  it('ignores events that it already has', () => {
    const page = ready();

    assert.equal(receive(page, events(4, asked)), page);
  });

  it('takes a snapshot with any number, also a smaller one', () => {
    const page = receive(ready({ seq: 40 }), { type: 'snapshot', seq: 1, state: state() });

    assert.equal(page === 'lost' ? undefined : page.seq, 1);
  });

  for (const [text, left] of [
    ['Hello?', ''],
    [' Hello?\n', ''],
    ['Something else', 'Something else'],
    ['', ''],
  ] as const) {
    it(`leaves ${JSON.stringify(left)} in the composer when it held ${JSON.stringify(text)} and "Hello?" was asked`, () => {
      const page = receive(ready({ text }), events(5, asked));

      assert.equal(page === 'lost' ? undefined : page.text, left);
    });
  }

  it('puts a returned draft back only where nothing else was typed', () => {
    const returned = events(5, { type: 'draftReturned', text: 'Old' });

    assert.deepEqual(receive(ready(), returned), ready({ seq: 5, text: 'Old', textChanges: 1 }));
    assert.deepEqual(receive(ready({ text: 'New' }), returned), ready({ seq: 5, text: 'New' }));
  });

  it('puts what is added under what is typed', () => {
    const added = events(5, { type: 'draftAdded', text: '> An answer' });

    assert.deepEqual(receive(ready(), added), ready({ seq: 5, text: '> An answer', textChanges: 1 }));
    assert.deepEqual(
      receive(ready({ text: 'Why?\n' }), added),
      ready({ seq: 5, text: 'Why?\n\n> An answer', textChanges: 1 }),
    );
  });

  it('keeps what was typed over the draft of a later snapshot', () => {
    const page = receive(ready({ text: 'Newer' }), { type: 'snapshot', seq: 9, state: state({ draft: 'Old' }) });

    assert.equal(page === 'lost' ? undefined : page.text, 'Newer');
  });

  it('leaves what was typed in another conversation there, and shows what was typed in this one', () => {
    const page = ready({ text: 'typed here', conversation: { ...withQuestion, key: 'one' } });
    const conversation = { ...emptyConversation, key: 'two' };

    const after = receive(page, { type: 'snapshot', seq: 5, state: state({ conversation, draft: 'typed there' }) });

    assert.equal(after === 'lost' ? undefined : after.text, 'typed there');
  });

  it('empties the composer when a later snapshot says that its text was asked', () => {
    const snapshot = { type: 'snapshot', seq: 9, state: state({ conversation: withQuestion }) } as const;

    assert.deepEqual(
      receive(ready({ text: 'Hello?' }), snapshot),
      ready({ seq: 9, conversation: withQuestion, textChanges: 1 }),
    );
    assert.deepEqual(
      receive(ready({ text: 'Hello?', conversation: withQuestion }), snapshot),
      ready({ seq: 9, conversation: withQuestion, text: 'Hello?' }),
    );
  });
});
