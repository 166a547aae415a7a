import assert from 'node:assert/strict';
import type { RunEvent } from '../../../src/conversation/run.ts';
import { ToolTimes } from '../../../src/conversation/toolTimes.ts';
import { thoughtOf } from '../../../src/conversation/translate.ts';
import { readThought } from '../../../src/dify/events.ts';

/** The seconds of each call in what is told, one event each second and a half. */
function secondsIn(...told: readonly object[]): readonly (readonly (number | undefined)[])[] {
  let now = 0;
  const times = new ToolTimes(() => now);
  return told.map((fields) => {
    now += 1_500;
    const event: RunEvent = { type: 'thought', thought: thoughtOf(readThought({ id: 't', position: 1, ...fields })) };
    const timed = times.timed(event);
    return timed.type === 'thought' ? timed.thought.calls.map(({ seconds }) => seconds) : [];
  });
}

describe('The time that a tool takes', () => {
  it('goes from when it is first heard of until its result is there', () => {
    const works = { tool: 'search', tool_input: '{"search": {"q": 1}}' };

    assert.deepEqual(secondsIn({}, works, works, { ...works, observation: '{"search": "found"}' }), [
      [],
      [undefined],
      [undefined],
      [3],
    ]);
  });

  it('is not known where the first that is heard of it is its result', () => {
    assert.deepEqual(secondsIn({ tool: 'search', observation: '{"search": "found"}' }), [[undefined]]);
  });
});
