import assert from 'node:assert/strict';
import { Reasoning } from '../../../src/conversation/reasoning.ts';
import { readStreamEvent } from '../../../src/dify/events.ts';

const chunk = (node_id: string, reasoning: string): object => ({
  event: 'reasoning_chunk',
  data: { node_id, reasoning, is_final: reasoning === '' },
});
const finished = (node_id: string, reasoning_content: string): object => ({
  event: 'node_finished',
  data: { node_id, outputs: { reasoning_content } },
});

function reasoningIn(...events: readonly object[]): string {
  const reasoning = new Reasoning();
  return events
    .flatMap((event) => readStreamEvent({ ...event }) ?? [])
    .map((event) => reasoning.pieceOf(event))
    .join('');
}

describe('What the models of a run thought', () => {
  it('is told once, whether it came in pieces, or whole when the node was done', () => {
    assert.equal(reasoningIn(chunk('a', 'I '), chunk('a', 'see.'), chunk('a', ''), finished('a', 'I see.')), 'I see.');
    assert.equal(reasoningIn(chunk('a', ''), finished('a', 'I see.')), 'I see.');
  });

  it('has a paragraph for each node, and for each time that a node of a loop thought', () => {
    const streamed = [chunk('a', 'One.'), finished('a', 'One.'), chunk('b', 'Two.'), finished('b', 'Two.')];

    assert.equal(reasoningIn(...streamed, chunk('a', 'Three.')), 'One.\n\nTwo.\n\nThree.');
    assert.equal(reasoningIn(finished('a', 'One.'), finished('c', ''), finished('a', 'Two.')), 'One.\n\nTwo.');
  });
});
