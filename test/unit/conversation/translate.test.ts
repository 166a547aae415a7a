import assert from 'node:assert/strict';
import { thoughtOf } from '../../../src/conversation/translate.ts';
import type { Thought } from '../../../src/conversation/steps.ts';
import { readThought } from '../../../src/dify/events.ts';

function thought(fields: object): Thought {
  return thoughtOf(readThought({ id: 't', position: 1, ...fields }));
}

describe('A round of an agent', () => {
  it('has text for what a tool got and gave, whatever the tool is called', () => {
    for (const tool of ['constructor', 'toString', '__proto__']) {
      const { calls } = thought({ tool, tool_input: '{"other": 1}', observation: `{"${tool}": {"n": 1}}` });

      assert.deepEqual(
        calls.map(({ input, result }) => [input?.text, result?.text]),
        [['{\n  "other": 1\n}', '{\n  "n": 1\n}']],
        tool,
      );
    }
  });

  it('loses nothing of a thought that repeats itself, but where a tool was called', () => {
    assert.equal(thought({ thought: 'haha' }).text, 'haha');
    assert.equal(thought({ thought: 'I look.I look.', tool: 'search' }).text, 'I look.');
  });
});
