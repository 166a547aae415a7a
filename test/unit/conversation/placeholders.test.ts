import assert from 'node:assert/strict';
import { fillPlaceholders, hasOpenPlaceholder } from '../../../src/conversation/placeholders.ts';
import { readInputControl } from '../../../src/dify/inputForm.ts';

const form = [
  { 'text-input': { variable: 'name', label: 'Customer name', required: true } },
  { select: { variable: '产品', label: 'Product', required: false, options: ['X200', 'X300'] } },
  { checkbox: { variable: 'archive', label: 'Search the archive', required: false } },
  { file: { variable: 'log', label: 'Log', required: false } },
].flatMap(readInputControl);

describe('The placeholders of an opening statement', () => {
  it('are filled with what stands in the form', () => {
    const text = 'Hello {{name}}, your {{ 产品 }} and {{log}}.';
    const values = { name: ' Ada ', 产品: 'X200', log: [{ name: 'kernel.log', mapping: {} }] };

    assert.equal(fillPlaceholders(text, form, values), 'Hello Ada, your X200 and kernel.log.');
  });

  it('show what is asked for where nothing stands there yet', () => {
    assert.equal(fillPlaceholders('Hello {{name}}, {{产品}}', form, { name: ' ' }), 'Hello [Customer name], [Product]');
    assert.equal(fillPlaceholders('{{archive}}', form, { archive: true }), '[Search the archive]');
  });

  it('stay as they are written where no field is called so', () => {
    assert.equal(fillPlaceholders('{{other}} {name} {{}} {{a b}}', form, {}), '{{other}} {name} {{}} {{a b}}');
  });

  it('take a value as it is, also one that looks like a pattern or a placeholder', () => {
    assert.equal(fillPlaceholders('a {{name}} b', form, { name: '$& {{产品}}' }), 'a $& {{产品}} b');
  });

  it('are open while a field that the text names is empty', () => {
    assert.equal(hasOpenPlaceholder('Hello {{name}}', form, {}), true);
    assert.equal(hasOpenPlaceholder('Hello {{name}}', form, { name: 'Ada' }), false);
    assert.equal(hasOpenPlaceholder('Hello {{other}}', form, {}), false);
  });
});
