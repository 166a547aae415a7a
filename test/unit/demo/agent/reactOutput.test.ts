import assert from 'node:assert/strict';
import { type ReactAction, ReactOutput } from '../../../../src/demo/agent/reactOutput.ts';

function partsOf(...pieces: readonly string[]): readonly (string | ReactAction)[] {
  const output = new ReactOutput();
  return [...pieces.flatMap((piece) => [...output.add(piece)]), ...output.end()];
}

const action = '{"action": "lookup", "action_input": {"word": "a"}}';
const lookup: ReactAction = { name: 'lookup', input: { word: 'a' } };

describe("a ReAct model's text", () => {
  it('comes sign by sign without its marks; what might begin one comes with the next sign', () => {
    assert.deepEqual(partsOf('Thought:', ' the', ' cat'), [' ', 'th', 'e', ' ', 'c', 'a', 't']);
    assert.deepEqual(partsOf('An ', 'action'), ['A', 'n', ' ']);
  });

  it('holds an action in a block of JSON, or bare', () => {
    assert.deepEqual(partsOf(`Action:\n\`\`\`json\n${action}\n\`\`\``), ['\n', '', '', lookup, '']);
    assert.deepEqual(partsOf(`Action: ${action}.`), [' ', lookup, '.']);
  });

  it('keeps its ticks, and a block of code that names no action', () => {
    for (const text of ['x `y` z', '```ts\nlet x = 1;\n```']) assert.equal(partsOf(text).map(String).join(''), text);
  });

  it('keeps JSON that names no action', () => {
    assert.deepEqual(partsOf('{"a": 1}'), ['{"a": 1}']);
  });
});
