import assert from 'node:assert/strict';
import { deadlineOf, piecesOf } from '../../../src/conversation/humanInput.ts';
import type { HumanInput } from '../../../src/dify/form.ts';
import { runForm } from '../../page/humanInputStates.ts';

function input(name: string, type = 'paragraph'): HumanInput {
  return {
    type,
    output_variable_name: name,
    initial: '',
    options: [],
    allowed_file_types: [],
    allowed_file_extensions: [],
    allowed_file_upload_methods: [],
    number_limits: undefined,
  };
}

/** Texts as they are, fields as `label=variable`. */
function shown(form_content: string, ...inputs: readonly HumanInput[]): readonly string[] {
  return piecesOf({ form_content, inputs }).map((piece) =>
    piece.type === 'text' ? piece.text.trim() : `${piece.control.label}=${piece.control.variable}`,
  );
}

describe('The text of a form and its fields', () => {
  it('stand in the owner’s order, what is nowhere in the text at the end', () => {
    assert.deepEqual(shown('Above {{#$output.a#}} between {{#$output.b#}} below', input('c'), input('b'), input('a')), [
      'Above',
      'a=a',
      'between',
      'b=b',
      'below',
      'c=c',
    ]);
  });

  for (const [text, label] of [
    ['Comment:\n\n', 'Comment'],
    ['**Your wording**\n\n', 'Your wording'],
    ['**Reason:** ', 'Reason'],
    ['原因：', '原因'],
  ] as const) {
    it(`have the line for a label that introduces the field: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(shown(`Read this.\n\n${text}{{#$output.a#}}`, input('a')), ['Read this.', `${label}=a`]);
    });
  }

  for (const text of ['# Heading', 'A sentence that ends.', '- item', '| a | b |', `${'long '.repeat(30)}:`]) {
    it(`leave other text where it is: ${text.slice(0, 20)}`, () => {
      assert.deepEqual(shown(`${text}\n\n{{#$output.a#}}`, input('a')), [text.trim(), 'a=a']);
    });
  }

  it('have each input once, and no field for a name that is no input', () => {
    assert.deepEqual(shown('{{#$output.a#}} and {{#$output.a#}} and {{#$output.gone#}}', input('a')), [
      'a=a',
      'and',
      'and',
    ]);
  });

  it('have a deadline only where it is a date', () => {
    const form = runForm('f');
    assert.deepEqual(
      [1_795_474_137, undefined, 1e20, -1e20].map((expiration_time) => deadlineOf({ ...form, expiration_time })),
      [1_795_474_137_000, undefined, undefined, undefined],
    );
  });

  it('have a line of text for an input of a type that is not known', () => {
    const [piece] = piecesOf({ form_content: '', inputs: [input('a', 'hologram')] });
    assert.equal(piece?.type === 'field' && piece.control.type, 'text-input');
  });
});
