import { emptyChat } from '../../../../../src/conversation/protocol.ts';
import assert from 'node:assert/strict';
import type { ChatEvent, ToWebview } from '../../../../../src/conversation/protocol.ts';
import { Outbox } from '../../../../../src/host/chat/pages/outbox.ts';

const state = { ...emptyChat };
const piece = (text: string): ChatEvent => ({ type: 'run', key: 'k', event: { type: 'textAppended', text } });

describe('Outbox', () => {
  it('sends nothing before the snapshot, then the first event at once and the burst behind it as one message', async () => {
    const posted: ToWebview[] = [];
    const flushed = Promise.withResolvers<void>();
    const outbox = new Outbox((message) => {
      posted.push(message);
      if (posted.length === 3) flushed.resolve();
    });

    outbox.push(piece('lost'));
    outbox.snapshot(state);
    for (const text of ['a', 'b', 'c', 'd']) outbox.push(piece(text));
    outbox.push({ type: 'run', key: 'k', event: { type: 'stopped' } });
    await flushed.promise;
    outbox.dispose();

    assert.deepEqual(posted, [
      { type: 'snapshot', seq: 0, state },
      { type: 'events', seq: 1, events: [piece('a')] },
      { type: 'events', seq: 2, events: [piece('bcd'), { type: 'run', key: 'k', event: { type: 'stopped' } }] },
    ]);
  });
});
