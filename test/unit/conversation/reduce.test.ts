import assert from 'node:assert/strict';
import { emptyConversation } from '../../../src/conversation/conversation.ts';
import { reduce } from '../../../src/conversation/reduce.ts';

describe('reduce', () => {
  it('adds the question with a waiting answer', () => {
    const conversation = reduce(emptyConversation, {
      type: 'asked',
      key: 'k1',
      query: 'Hello?',
      askedAt: 5,
      replaces: undefined,
    });

    assert.equal(conversation.messages[0]?.run.status.type, 'waiting');
  });
});
