import assert from 'node:assert/strict';
import { Draft } from '../../../../src/host/chat/draft.ts';

describe('The draft of a conversation', () => {
  let kept = '';
  const draft = (text = ''): Draft => new Draft(text, (now) => (kept = now));

  it('is what is typed, and what was sent until the server took it', () => {
    const text = draft();

    text.typed('Hello?');
    assert.deepEqual([text.text, kept], ['Hello?', 'Hello?']);
    text.sent('Hello?');
    assert.deepEqual([text.text, kept], ['', 'Hello?']);
    text.typed('');
    assert.equal(kept, 'Hello?');
    text.taken('Hello?');
    assert.equal(kept, '');
  });

  it('comes back when the server did not take it, unless something else was typed', () => {
    const text = draft();
    text.sent('One');
    assert.equal(text.returned('One'), true);
    assert.deepEqual([text.text, kept], ['One', 'One']);

    const other = draft();
    other.sent('One');
    other.typed('Two');
    assert.equal(other.returned('One'), false);
    assert.deepEqual([other.text, kept], ['Two', 'Two']);
  });

  it('keeps what is typed while another question is asked again', () => {
    const text = draft('unsent');

    text.sent('an old question');
    text.taken('an old question');

    assert.deepEqual([text.text, kept], ['unsent', 'unsent']);
  });

  it('is not cleared by the late answer to another question', () => {
    const text = draft();
    text.sent('new');

    text.taken('old');

    assert.equal(kept, 'new');
  });
});
