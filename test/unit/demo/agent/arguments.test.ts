import assert from 'node:assert/strict';
import { toolArguments } from '../../../../src/demo/agent/arguments.ts';

function faultOf(json: string): string {
  try {
    toolArguments(json);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'none';
}

describe('the arguments of a tool', () => {
  it('are an object, or none', () => {
    assert.deepEqual(toolArguments('{"year": 2026}'), { year: 2026 });
    assert.deepEqual(toolArguments(''), {});
  });

  // As Python 3.11 words it.
  for (const [json, fault] of [
    ['{"year": not json', 'Expecting value: line 1 column 10 (char 9)'],
    ['{year: 1}', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
    ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
    ['{"a": 1 "b": 2}', "Expecting ',' delimiter: line 1 column 9 (char 8)"],
    ['{"a": [1, 2', "Expecting ',' delimiter: line 1 column 12 (char 11)"],
    ['{"a": "b', 'Unterminated string starting at: line 1 column 7 (char 6)'],
    ['{}\n{}', 'Extra data: line 2 column 1 (char 3)'],
  ] as const) {
    it(`are refused as Python does: ${JSON.stringify(json)}`, () => assert.equal(faultOf(json), fault));
  }
});
