import assert from 'node:assert/strict';
import type { TextEditor } from 'vscode';
import { documentText, plainAnswer } from '../../../../src/conversation/documentText.ts';
import { fenced } from '../../../../src/conversation/fence.ts';
import { codeActs } from '../../../../src/host/chat/codeActs.ts';

const place = { before: '', original: '', eol: '\n', step: undefined } as const;

describe('Code of an answer', () => {
  it('comes into a document as it is: with tags, fences and thinking that it only speaks of', () => {
    for (const code of [
      'const a = 1;',
      '<think>not thought</think>\nx',
      '```js\ninner\n```',
      '````\n```\n````',
      '</think>',
      'a\n\n\nb',
    ]) {
      assert.equal(plainAnswer(fenced(code, 'ts')).content, code);
      assert.equal(documentText(fenced(code, 'ts'), place), code);
    }
  });

  it('keeps the line end of a selection of whole lines, and its indentation', () => {
    assert.equal(documentText(fenced('b();', 'ts'), { ...place, original: '  a();\n' }), '  b();\n');
  });

  it('lets a language that the answer names end no fence and begin no other', () => {
    assert.deepEqual(plainAnswer(fenced('x', 'ts\n```\nevil')), { content: 'x', language: 'ts' });
  });

  it('goes where the person says', async () => {
    const done: string[] = [];
    const say = (what: string) => (text: string) => {
      done.push(`${what} ${text}`);
      return Promise.resolve(true);
    };
    const named = {} as TextEditor;
    const aimAt = (editor: TextEditor): void => void done.push(editor === named ? 'aim' : 'wrong');
    const edits = { aimAt, insertAtCursor: say('insert'), newFile: say('file'), proposeAtCursor: say('diff') };
    const preview = async (name: string, text: string): Promise<void> => void (await say(`preview ${name}`)(text));
    const { code } = codeActs({ edits: () => Promise.resolve(edits), editor: () => named, preview });

    await code({ type: 'code', what: 'preview', code: 'graph TD', language: 'mermaid' });
    for (const what of ['insert', 'newFile', 'apply'] as const)
      await code({ type: 'code', what, code: 'x', language: '' });

    assert.deepEqual(done, [
      'preview Code of the Answer.md ```mermaid\ngraph TD\n```',
      'aim',
      'insert ```text\nx\n```',
      'aim',
      'file ```text\nx\n```',
      'aim',
      'diff ```text\nx\n```',
    ]);
  });
});
