import assert from 'node:assert/strict';
import { emptyChat, type ToWebview } from '../../../src/conversation/protocol.ts';
import { someQuestion } from '../../support/conversations.ts';
import { PageStore } from '../../../src/webview/pageStore.ts';

const snapshot: ToWebview = {
  type: 'snapshot',
  seq: 1,
  state: emptyChat,
};
const late: ToWebview = { type: 'events', seq: 9, events: [] };

function storeAt(clock: { now: number }) {
  const counts = { ready: 0, changed: 0 };
  const store = new PageStore({
    ready: () => counts.ready++,
    changed: () => counts.changed++,
    now: () => clock.now,
  });
  return { store, counts };
}

describe('PageStore', () => {
  it('asks for a snapshot at the start and once after a gap, not for every message of a flood', () => {
    const { store, counts } = storeAt({ now: 0 });
    store.start();
    store.receive(snapshot);
    for (let n = 0; n < 50; n++) store.receive(late);

    assert.deepEqual(counts, { ready: 2, changed: 1 });
  });

  it('says of another conversation nothing that was news of the one before', () => {
    const { store } = storeAt({ now: 0 });
    store.receive(snapshot);
    store.receive({ type: 'events', seq: 2, events: [someQuestion({ key: 'k', query: 'q' })] });
    store.receive({ type: 'events', seq: 3, events: [{ type: 'run', key: 'k', event: { type: 'stopped' } }] });
    const { conversation } = store.page;
    store.receive({ ...snapshot, seq: 4, state: { ...emptyChat, conversation } });
    assert.equal(store.news?.type, 'stopped');
    store.receive({ ...snapshot, seq: 5, state: { ...emptyChat, conversation: { ...conversation, key: 'other' } } });

    assert.equal(store.news, undefined);
  });

  it('asks again when the snapshot does not come', () => {
    const clock = { now: 0 };
    const { store, counts } = storeAt(clock);
    store.receive(late);
    clock.now = 1000;
    store.receive(late);

    assert.equal(counts.ready, 2);
  });

  it('asks at once after the next gap', () => {
    const { store, counts } = storeAt({ now: 0 });
    store.receive(late);
    store.receive(snapshot);
    store.receive(late);

    assert.equal(counts.ready, 2);
  });

  it('has no news of a snapshot, but of what happens after it', () => {
    const { store } = storeAt({ now: 0 });
    store.receive(snapshot);
    store.receive({
      type: 'events',
      seq: 2,
      events: [someQuestion({ key: 'k', query: 'q' })],
    });
    assert.equal(store.news, undefined);

    store.receive({
      type: 'events',
      seq: 3,
      events: [{ type: 'run', key: 'k', event: { type: 'textAppended', text: 'a' } }],
    });
    assert.deepEqual(store.news, { type: 'answering' });

    store.receive({ type: 'events', seq: 4, events: [{ type: 'run', key: 'k', event: { type: 'stopped' } }] });
    assert.deepEqual(store.news, { type: 'stopped' });
  });
});
