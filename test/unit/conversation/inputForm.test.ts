import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fieldsOf, firstValues, inputsOf, numberIn, valuesOf } from '../../../src/conversation/inputForm.ts';
import { readInputControl, type InputControl } from '../../../src/dify/inputForm.ts';
import type { Fields } from '../../../src/dify/json.ts';

function form(...controls: readonly Fields[]): readonly InputControl[] {
  return controls.flatMap(readInputControl);
}

const every = form(
  { 'text-input': { variable: 'line', label: 'Line', default: 'Ada' } },
  { paragraph: { variable: 'text', label: 'Text' } },
  { select: { variable: 'choice', label: 'Choice', options: ['a', 'b'], default: 'b' } },
  { number: { variable: 'count', label: 'Count', default: 5 } },
  { checkbox: { variable: 'flag', label: 'Flag', default: true } },
  { file: { variable: 'file', label: 'File' } },
  { 'file-list': { variable: 'files', label: 'Files' } },
  { json_object: { variable: 'json', label: 'JSON', default: { a: 1 } } },
  { external_data_tool: { variable: 'tool', label: 'Tool' } },
  { slider: { variable: 'new', label: 'New' } },
  { 'text-input': { variable: 'secret', label: 'Hidden', hide: true } },
);

describe('The model of an input form', () => {
  it('shows what a person fills in, and nothing else', () => {
    assert.deepEqual(
      fieldsOf(every).map(({ variable }) => variable),
      ['line', 'text', 'choice', 'count', 'flag', 'file', 'files', 'json', 'new'],
    );
  });

  it("begins with the owner's defaults, and sends them", () => {
    assert.deepEqual(inputsOf(every, firstValues(every)), {
      line: 'Ada',
      text: '',
      choice: 'b',
      count: 5,
      flag: true,
      json: { a: 1 },
      new: '',
    });
  });

  it('leaves out what was not given: an empty choice is refused, an empty number is none', () => {
    const nothing = {
      line: '',
      text: '',
      choice: '',
      count: ' ',
      flag: false,
      file: [],
      files: [],
      json: '\n',
      new: '',
    };

    assert.deepEqual(inputsOf(every, nothing), { line: '', text: '', flag: false, new: '' });
  });

  it('does not begin with a choice that is none', () => {
    const [stale] = form({ select: { variable: 's', label: 'S', options: ['a'], default: 'gone' } });

    assert.ok(stale !== undefined);
    assert.deepEqual(firstValues([stale]), { s: '' });
  });

  it('gives the same inputs again when they were opened to be changed', () => {
    const mapping = fc.record({ type: fc.constant('image'), upload_file_id: fc.uuid() });
    const given = fc.record(
      {
        line: fc.string(),
        text: fc.string(),
        new: fc.string(),
        flag: fc.boolean(),
        choice: fc.constantFrom('a', 'b'),
        count: fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
        file: mapping,
        files: fc.array(mapping, { minLength: 1 }),
        json: fc.dictionary(fc.string(), fc.jsonValue().map(plain)).map(plain),
      },
      { requiredKeys: ['line', 'text', 'new', 'flag'] },
    );
    fc.assert(
      fc.property(given, (inputs) => {
        assert.equal(JSON.stringify(sorted(inputsOf(every, valuesOf(every, inputs)))), JSON.stringify(sorted(inputs)));
      }),
    );
  });

  it('reads numbers as people type them', () => {
    assert.deepEqual(
      ['12', ' -1.5 ', '１２', '1e3', '.5', '0x10', '1,5', 'twelve', '', '1e999', 'Infinity'].map(numberIn),
      [12, -1.5, 12, 1000, 0.5, ...Array.from({ length: 6 }, () => undefined)],
    );
  });
});

/** As JSON carries it. */
function plain<T>(value: T): T {
  // What was JSON stays of its type.
  return JSON.parse(JSON.stringify(value)) as T;
}

function sorted(inputs: Fields): Fields {
  return Object.fromEntries(Object.entries(inputs).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
