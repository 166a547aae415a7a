import assert from 'node:assert/strict';
import type { InputControl } from '../../../../src/dify/inputForm.ts';
import { proposeMapping } from '../../../../src/host/actions/mapping.ts';

function control(type: string, variable: string, more: Partial<InputControl> = {}): InputControl {
  const nothing = { files: undefined, jsonSchema: undefined, hint: undefined, hidden: false };
  const plain = { required: false, initial: '', maxLength: undefined, options: [], ...nothing };
  return { type, variable, label: variable, ...plain, ...more };
}

function outline(...form: readonly InputControl[]): readonly unknown[] {
  const { text, language, rest } = proposeMapping(form);
  return [text.variable, language?.variable, rest.map(({ variable }) => variable)];
}

describe('proposeMapping', () => {
  it('gives the text to the long field, the language to the field called so', () => {
    const text = control('paragraph', 'body', { required: true });
    const language = control('select', 'target_language', { options: ['German'] });

    assert.deepEqual(outline(language, text, control('number', 'max')), ['body', 'target_language', ['max']]);
    assert.deepEqual(outline(control('text-input', 'x', { label: '目标语言' }), text), ['body', 'x', []]);
  });

  it('does not take an audience or slang for a language', () => {
    const text = control('paragraph', 'text');

    for (const name of ['target_audience', 'targeted_article', 'slang']) {
      assert.deepEqual(outline(text, control('text-input', name)), ['text', undefined, [name]]);
    }
    for (const name of ['lang', 'target_language', 'targetLanguage', 'output-language', '目标语言']) {
      assert.equal(outline(text, control('text-input', name))[1], name);
    }
  });

  it('prefers the field whose name says text, and never gives it to a select', () => {
    assert.deepEqual(outline(control('paragraph', 'notes'), control('paragraph', 'content')), [
      'content',
      undefined,
      ['notes'],
    ]);
    assert.deepEqual(outline(control('select', 'tone'), control('text-input', 'topic')), [
      'topic',
      undefined,
      ['tone'],
    ]);
  });

  it('falls back to query, which a text generator has when its owner set nothing up', () => {
    assert.deepEqual(outline(), ['query', undefined, []]);
    assert.deepEqual(outline(control('checkbox', 'short')), ['query', undefined, ['short']]);
  });
});
