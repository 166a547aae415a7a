import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { jsonFault } from '../../../src/conversation/jsonFault.ts';

describe('Where JSON is broken', () => {
  const faults: readonly (readonly [string, number, string, string])[] = [
    ['{ "channel": 6\n  "band": 5 }', 2, 'comma', '"band"'],
    ['{ "a" 1 }', 1, 'colon', '1'],
    ['{\n"a": yes\n}', 2, 'unknown', 'yes'],
    ["{ 'a': 1 }", 1, 'unknown', "'"],
    ['{ "a": 1,\n}', 2, 'unknown', '}'],
    ['{ "a": "x\n }', 1, 'openText', '"x'],
    ['{ "a": 1\n\n', 1, 'end', ''],
    ['', 1, 'end', ''],
    ['{} {}', 1, 'unknown', '{'],
    ['{ "a": [1 2] }', 1, 'comma', '2'],
    ['{ "a": 01 }', 1, 'unknown', '01'],
  ];
  for (const [text, line, problem, near] of faults) {
    it(`is told of ${JSON.stringify(text)}`, () => assert.deepEqual(jsonFault(text), { line, problem, near }));
  }

  it('is nowhere in what an engine reads, and somewhere in what it does not', () => {
    const mangled = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', ':', '"', '}', ']', '1', 'x', '\n', '\\', '0'))
      .map(([json, at, put]) => {
        const place = at % (json.length + 1);
        return json.slice(0, place) + put + json.slice(place + (at % 2));
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), mangled), (text) => {
        assert.equal(jsonFault(text) === undefined, reads(text), text);
      }),
      { numRuns: 3_000 },
    );
  });
});

function reads(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
