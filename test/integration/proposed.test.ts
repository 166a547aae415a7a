import assert from 'node:assert/strict';
import { commands, Range, Selection, window, workspace, WorkspaceEdit } from 'vscode';
import { diffShown, diffs, editsInTests, sourceOf, type, until } from './editsInTests.ts';

describe('Answers that are proposed or streamed', function () {
  this.timeout(60_000);
  const { asked, edits, open, press } = editsInTests();

  it('wait in a diff that follows the document, until they are accepted by one undo step', async () => {
    const editor = await open('# Plan\n\nOne two three\n');
    const followed = edits().follow(sourceOf(editor.document, [new Range(2, 4, 2, 7)]), 'Summary');
    const decided = followed.replace(['2'], 'preview');
    const diff = await diffShown();
    assert.equal(diff.label, `${followed.source.file} ↔ Summary`);
    assert.equal((await workspace.openTextDocument(diff.modified)).getText(), '# Plan\n\nOne 2 three\n');
    await type(editor.document, 0, 0, '<!-- x -->\n');
    const right = await workspace.openTextDocument(diff.modified);
    await until(() => right.getText() === '<!-- x -->\n# Plan\n\nOne 2 three\n');

    await edits().accept(diff.modified);

    assert.equal(await decided, true);
    assert.equal(editor.document.getText(), '<!-- x -->\n# Plan\n\nOne 2 three\n');
    assert.equal(diffs().length, 0);
    await commands.executeCommand('undo');
    assert.equal(editor.document.getText(), '<!-- x -->\n# Plan\n\nOne two three\n');
    followed.dispose();
  });

  it('change nothing when the diff is rejected or closed', async () => {
    for (const end of [() => edits().reject(), () => commands.executeCommand('workbench.action.closeActiveEditor')]) {
      const editor = await open('One two three\n');
      const followed = edits().follow(sourceOf(editor.document, [new Range(0, 4, 0, 7)]), 'Summary');
      const decided = followed.replace(['2'], 'preview');
      await diffShown();

      await end();

      assert.equal(await decided, false);
      assert.equal(editor.document.getText(), 'One two three\n');
      assert.equal(diffs().length, 0);
      followed.dispose();
    }
  });

  it('are not accepted over a text that changed, until it was compared', async () => {
    const editor = await open('One two three\n');
    const followed = edits().follow(sourceOf(editor.document, [new Range(0, 4, 0, 7)]), 'Summary');
    const decided = followed.replace(['2'], 'preview');
    const diff = await diffShown();
    await type(editor.document, 0, 5, 'w');
    press(undefined);

    await edits().accept(diff.modified);

    assert.deepEqual(asked, [['The text changed.', 'Compare…', 'Insert at Cursor', 'Copy']]);
    assert.equal(editor.document.getText(), 'One twwo three\n');
    await edits().reject(diff.modified);
    assert.equal(await decided, false);
    press('Compare…');
    const compared = followed.replace(['2'], 'direct');
    const second = await diffShown();
    await edits().accept(second.modified);
    assert.equal(await compared, true);
    assert.equal(editor.document.getText(), 'One 2 three\n');
    followed.dispose();
  });

  it('wait in a diff that still follows the document when the result is closed, and when it is moved', async () => {
    const editor = await open('x\nx\n');
    const followed = edits().follow(sourceOf(editor.document, [new Range(1, 0, 1, 1)]), 'Summary');
    const decided = followed.replace(['2'], 'preview');
    const diff = await diffShown();
    followed.dispose();
    await type(editor.document, 0, 0, 'x\n');
    await commands.executeCommand('workbench.action.moveEditorToNextGroup');
    await until(() => window.tabGroups.all.length > 1);
    await new Promise((resolve) => setTimeout(resolve));

    await edits().accept(diff.modified);

    assert.equal(await decided, true);
    assert.equal(editor.document.getText(), 'x\nx\n2\n');
    assert.equal(diffs().length, 0);
    await commands.executeCommand('workbench.action.closeAllGroups');
  });

  it('can be accepted while a message about a text that changed is still open, once it is as it was', async () => {
    const editor = await open('One two three\n');
    const followed = edits().follow(sourceOf(editor.document, [new Range(0, 4, 0, 7)]), 'Summary');
    const decided = followed.replace(['2'], 'preview');
    const diff = await diffShown();
    await type(editor.document, 0, 5, 'w');
    const { promise, resolve } = Promise.withResolvers<void>();
    press(undefined, promise);
    void edits().accept(diff.modified);
    while (asked.length === 0) await new Promise((passed) => setImmediate(passed));
    const back = new WorkspaceEdit();
    back.delete(editor.document.uri, new Range(0, 5, 0, 6));
    await workspace.applyEdit(back);

    await edits().accept(diff.modified);

    assert.equal(await decided, true);
    assert.equal(editor.document.getText(), 'One 2 three\n');
    resolve();
    followed.dispose();
  });

  it('are compared in the diff that is open', async () => {
    const editor = await open('One two three\n');
    const followed = edits().follow(sourceOf(editor.document, [new Range(0, 4, 0, 7)]), 'Summary');
    const decided = followed.replace(['2'], 'preview');
    const diff = await diffShown();
    await type(editor.document, 0, 5, 'w');
    press('Compare…');
    await edits().accept(diff.modified);
    assert.equal(diffs().length, 1);

    await edits().accept(diff.modified);

    assert.equal(await decided, true);
    assert.equal(editor.document.getText(), 'One 2 three\n');
    followed.dispose();
  });

  it('that stream into a text whose editor is closed meanwhile are put there at their end', async () => {
    const editor = await open('One two three\nFour\n');
    const ranges = [new Range(0, 4, 0, 7), new Range(1, 0, 1, 4)];
    const followed = edits().follow(sourceOf(editor.document, ranges), 'Summary');
    const lives = ranges.map((_, part) => followed.live(part));
    for (const live of lives) live.write('new');
    const closing = commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    for (const live of lives) live.write('new text');
    await closing;
    press('Compare…');

    const done = Promise.all(lives.map((live) => live.finish('new text')));
    const ended = await Promise.race([
      done,
      diffShown().then((diff) =>
        edits()
          .accept(diff.modified)
          .then(() => done),
      ),
    ]);

    assert.deepEqual(ended, [true, true]);
    const { document } = await window.showTextDocument(editor.document.uri);
    assert.equal(document.getText(), 'One new text three\nnew text\n');
    followed.dispose();
    await document.save();
  });

  it('end their undo step also where the last of them has no text', async () => {
    const editor = await open('One two three\nFour\n');
    const ranges = [new Range(0, 4, 0, 7), new Range(1, 0, 1, 4)];
    const followed = edits().follow(sourceOf(editor.document, ranges), 'Summary');
    const [first, last] = ranges.map((_, part) => followed.live(part));
    first?.write('2');
    assert.deepEqual(await Promise.all([first?.finish('2'), last?.finish(undefined)]), [true, false]);
    editor.selection = new Selection(1, 4, 1, 4);
    await commands.executeCommand('type', { text: '!' });
    assert.equal(editor.document.getText(), 'One 2 three\nFour!\n');

    await commands.executeCommand('undo');

    assert.equal(editor.document.getText(), 'One 2 three\nFour\n');
    await commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'One two three\nFour\n');
    followed.dispose();
  });

  it('are compared at once with a text that changed, where that is what was pressed', async () => {
    const editor = await open('One two three\n');
    const followed = edits().follow(sourceOf(editor.document, [new Range(0, 4, 0, 7)]), 'Summary');
    await type(editor.document, 0, 5, 'w');
    assert.equal(followed.state(), 'changed');

    const compared = followed.replace(['2'], 'compare');

    const diff = await diffShown();
    assert.deepEqual(asked, []);
    assert.equal(editor.document.getText(), 'One twwo three\n');
    await edits().accept(diff.modified);
    assert.equal(await compared, true);
    assert.equal(editor.document.getText(), 'One 2 three\n');
    followed.dispose();
  });

  it('are shown in no diff where they leave the text as it is', async () => {
    const editor = await open('One two three\n');
    const followed = edits().follow(sourceOf(editor.document, [new Range(0, 4, 0, 7)]), 'Summary');

    assert.equal(await followed.replace(['two'], 'preview'), false);

    assert.deepEqual(asked, [['The answer leaves the text as it is.']]);
    assert.equal(diffs().length, 0);
    assert.equal(editor.document.isDirty, false);
    followed.dispose();
  });
});
