import assert from 'node:assert/strict';
import type { SentFile } from '../../../src/conversation/conversation.ts';
import type { InputControl } from '../../../src/conversation/inputForm.ts';
import { filesIn, inputsLine, isRunApp, runValues, shownInputs } from '../../../src/conversation/runApps.ts';

function control(variable: string, type: string, label = variable): InputControl {
  const rest = { options: [], files: undefined, jsonSchema: undefined, hint: undefined, hidden: false };
  return { type, variable, label, required: false, initial: '', maxLength: undefined, ...rest };
}

const form = [
  control('name', 'text-input', 'Name'),
  control('archive', 'checkbox', 'Search the archive'),
  control('log', 'file', 'Log'),
  control('seats', 'number', 'Seats'),
  { ...control('secret', 'text-input'), hidden: true },
];
const mapping = { type: 'document', transfer_method: 'local_file', upload_file_id: 'f1' };
const log: SentFile = { name: 'a.log', type: 'document', size: 3, mapping, thumbnail: undefined };
const inputs = { name: 'Ada\nLovelace', archive: true, log: mapping, seats: 12, secret: 's', gone: { a: 1 } };

describe('What an app was run with', () => {
  it('is told by the labels of its form, files by their names; what the form no longer has by its own', () => {
    assert.deepEqual(shownInputs(form, { inputs, files: [log] }), [
      { label: 'Name', value: 'Ada\nLovelace' },
      { label: 'Search the archive', value: true },
      { label: 'Log', value: 'a.log' },
      { label: 'Seats', value: '12' },
      { label: 'gone', value: '{\n  "a": 1\n}' },
    ]);
  });

  it('is told without a form too, which may never have been read', () => {
    const shown = shownInputs([], { inputs, files: [log] });

    assert.deepEqual(
      shown.map(({ label, value }) => [label, value]),
      [
        ['name', 'Ada\nLovelace'],
        ['archive', true],
        ['log', 'a.log'],
        ['seats', '12'],
        ['secret', 's'],
        ['gone', '{\n  "a": 1\n}'],
      ],
    );
    assert.deepEqual(shownInputs([], { inputs: undefined, files: [] }), []);
  });

  it('is one line that tells runs apart', () => {
    assert.equal(inputsLine(form, { inputs, files: [log] }), 'Ada Lovelace, Search the archive, a.log, 12, { "a": 1 }');
    assert.equal(inputsLine(form, { inputs: { archive: false, name: '' }, files: [] }), '');
  });

  it('fills the form in again, and keeps what its files are called', () => {
    const values = runValues(form, { inputs, files: [log] });

    assert.deepEqual(values['log'], [{ name: 'a.log', size: 3, mapping }]);
    assert.deepEqual(filesIn(form, values), [log]);
  });

  it('makes no sense of whatever else stands in a file of an older or newer version', () => {
    for (const value of [null, undefined, [], {}, [null], [[]], Number.NaN, { url: 5 }]) {
      for (const type of ['text-input', 'file', 'file-list', 'checkbox', 'json_object', 'tomorrow']) {
        const run = { inputs: { x: value, y: value }, files: [log] };
        assert.doesNotThrow(() => [shownInputs([control('x', type)], run), inputsLine([control('x', type)], run)]);
      }
    }
  });

  it('is asked of text generators and workflows', () => {
    assert.deepEqual(
      ['completion', 'workflow', 'chat', 'agent-chat', 'advanced-chat', 'agent', 'tomorrow'].filter(isRunApp),
      ['completion', 'workflow'],
    );
  });
});
