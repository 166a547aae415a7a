import assert from 'node:assert/strict';
import { parsePython } from '../../../src/conversation/pythonValue.ts';
import { variableValue } from '../../../src/conversation/variableValue.ts';
import { recordedCalls } from '../../support/recordedCalls.ts';
import { t as english } from '../../support/english.ts';

describe('A value in Python’s notation', () => {
  for (const [text, value] of [
    ["{'ok': True, 'n': None}", { ok: true, n: null }],
    ['{"ok": true, "n": null}', { ok: true, n: null }],
    ["['it\\'s', \"two\"]", ["it's", 'two']],
    ["['\\u4e2d\\x41\\n']", ['中A\n']],
    ['[1, -2.5, 1e3,]', [1, -2.5, 1000]],
    ['{}', {}],
    ['  []  ', []],
  ] as const) {
    it(`is read: ${text}`, () => assert.deepEqual(parsePython(text), value));
  }

  for (const text of ['', '{', "{'a'}", "['a'", 'nan', '1 2', '{1: 2}', "'\\uD'", '['.repeat(10_000)]) {
    it(`is not what is none: ${text.slice(0, 12)}`, () => assert.equal(parsePython(text), undefined));
  }

  it('has no way to an object’s prototype', () => {
    const value = parsePython("{'__proto__': {'polluted': True}}");

    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
    assert.deepEqual(Object.keys(value as object), ['__proto__']);
  });
});

describe('A value for a conversation variable', () => {
  for (const [type, text, value] of [
    ['string', "it's {'text'}", "it's {'text'}"],
    ['secret', '', ''],
    ['number', ' 4711 ', 4711],
    ['boolean', 'True', true],
    ['object', "{'a': 1}", { a: 1 }],
    ['array[string]', "['a']", ['a']],
    ['array[object]', '[]', []],
    ['unheard', '12', 12],
  ] as const) {
    it(`is sent as ${type}`, () => assert.deepEqual(variableValue(type, text, english), { value, problem: undefined }));
  }

  for (const [type, text] of [
    ['number', 'twelve'],
    ['boolean', '1'],
    ['object', '[]'],
    ['array[number]', "[1, 'two']"],
    ['array[string]', "'a'"],
  ] as const) {
    it(`is refused with words: ${text} as ${type}`, () => {
      assert.match(variableValue(type, text, english).problem ?? '', /^Enter .*\.$/);
    });
  }

  it('rule 39: is what was sent, for every text that a server made of a value', () => {
    let compared = 0;
    for (const { name, status, sent, json } of recordedCalls('PUT', /^\/conversations\/[^/]+\/variables\/[^/]+$/)) {
      if (status !== 200 || typeof json !== 'object' || json === null || !('value' in sent)) continue;
      const { value_type: type, value } = json as { value_type: string; value: string };
      assert.deepEqual(variableValue(type, value, english), { value: sent['value'], problem: undefined }, name);
      compared++;
    }
    assert.ok(compared >= 8, String(compared));
  });
});
