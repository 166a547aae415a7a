import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  commands,
  ConfigurationTarget,
  EndOfLine,
  env,
  NotebookCellData,
  NotebookCellKind,
  NotebookData,
  Range,
  Selection,
  TabInputTextDiff,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  type TextDocument,
  type TextEditor,
} from 'vscode';
import { documentText, indentationStep } from '../../src/conversation/documentText.ts';
import { Edits } from '../../src/host/actions/edits/edits.ts';
import type { Followed } from '../../src/host/actions/edits/followed.ts';
import type { Source } from '../../src/host/actions/source.ts';

const answer = 'New 💡 line\n  and another\n\nend';
const thinking = `<think>Hm.</think>\`\`\`ts\n${answer}\n\`\`\``;

describe('Answers in documents', function () {
  this.timeout(60_000);
  const asked: string[][] = [];
  let press: string | undefined;
  let edits: Edits;
  let folder: Uri;
  let count = 0;

  before(() => {
    edits = new Edits((...words) => {
      asked.push(words);
      return Promise.resolve(press);
    });
    folder = Uri.joinPath(workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/'), 'edits');
  });

  beforeEach(() => {
    asked.length = 0;
    press = undefined;
  });

  after(async () => {
    edits.dispose();
    await commands.executeCommand('workbench.action.closeAllEditors');
    await workspace.fs.delete(folder, { recursive: true });
  });

  async function open(text: string, name = `notes${++count}.md`): Promise<TextEditor> {
    const uri = Uri.joinPath(folder, name);
    await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
  }

  it('are whole in 200 cases, each one undo step', async () => {
    const editor = await open('');
    let refused = 0;
    for (const one of fc.sample(cases, { seed: 6, numRuns: 200 })) {
      asked.length = 0;
      const told = JSON.stringify(one);
      const { base, followed } = await begin(editor, one, edits);
      const { document } = editor;
      const ended = await runs[one.kind](followed, document, one);
      const after = document.getText();
      if (ended.before === undefined) {
        refused++;
        assert.equal(ended.done, false, told);
        assert.equal(asked.length, 1, told);
        assert.equal(outside(after), outside(ended.now), told);
      } else {
        assert.equal(ended.done, true, told);
        assert.equal(ended.before, withEdit(base, one), told);
        if (one.kind === 'below') assert.equal(inserted(after, ended.before), one.parts, told);
        else assert.equal(after, answered(ended.before, one), told);
        await commands.executeCommand('undo');
        assert.equal(document.getText(), ended.before, told);
        await commands.executeCommand('redo');
        assert.equal(document.getText(), after, told);
      }
      followed.dispose();
    }
    assert.ok(refused > 20 && refused < 120, `${refused} were refused.`);
    await editor.document.save();
  });

  it('follow a document that is renamed, also with its folder', async () => {
    const { document: before } = await open('One two three\n', 'old/plan.md');
    const followed = edits.follow(sourceOf(before, [new Range(0, 4, 0, 7)]), 'Summary');
    const rename = new WorkspaceEdit();
    rename.renameFile(Uri.joinPath(folder, 'old'), Uri.joinPath(folder, 'new'));
    await workspace.applyEdit(rename);

    assert.equal(await followed.replace(['2'], 'direct'), true);

    const after = await workspace.openTextDocument(Uri.joinPath(folder, 'new/plan.md'));
    assert.equal(after.getText(), 'One 2 three\n');
    followed.dispose();
    await after.save();
  });

  it('open a document again that was closed, if the text is still there', async () => {
    for (const [text, done, after] of [
      ['One two three\n', true, 'One 2 three\n'],
      ['One and two three\n', false, 'One and two three\n'],
    ] as const) {
      const { document: before } = await open('One two three\n');
      const followed = edits.follow(sourceOf(before, [new Range(0, 4, 0, 7)]), 'Summary');
      await commands.executeCommand('workbench.action.closeActiveEditor');
      await workspace.fs.writeFile(before.uri, new TextEncoder().encode(text));
      const read = await workspace.openTextDocument(before.uri);
      await until(() => read.getText() === text);

      assert.equal(await followed.replace(['2'], 'direct'), done);

      assert.equal((await workspace.openTextDocument(before.uri)).getText(), after);
      followed.dispose();
    }
  });

  it('say that the text is gone with its file', async () => {
    const { document: before } = await open('One two three\n');
    const followed = edits.follow(sourceOf(before, [new Range(0, 4, 0, 7)]), 'Summary');
    await commands.executeCommand('workbench.action.closeActiveEditor');
    const remove = new WorkspaceEdit();
    remove.deleteFile(before.uri);
    await workspace.applyEdit(remove);
    press = 'Copy';

    assert.equal(await followed.replace(['2'], 'direct'), false);

    assert.deepEqual(asked, [['The text is gone.', 'Insert at Cursor', 'Copy']]);
    assert.equal(await env.clipboard.readText(), '2');
    followed.dispose();
  });

  it('wait in a diff that follows the document, until they are accepted by one undo step', async () => {
    const editor = await open('# Plan\n\nOne two three\n');
    const followed = edits.follow(sourceOf(editor.document, [new Range(2, 4, 2, 7)]), 'Summary');
    const decided = followed.replace(['2'], 'preview');
    const diff = await diffShown();
    assert.equal(diff.label, `${followed.source.file} ↔ Summary`);
    assert.equal((await workspace.openTextDocument(diff.modified)).getText(), '# Plan\n\nOne 2 three\n');
    await type(editor.document, 0, 0, '<!-- x -->\n');
    const right = await workspace.openTextDocument(diff.modified);
    await until(() => right.getText() === '<!-- x -->\n# Plan\n\nOne 2 three\n');

    await edits.accept(diff.modified);

    assert.equal(await decided, true);
    assert.equal(editor.document.getText(), '<!-- x -->\n# Plan\n\nOne 2 three\n');
    assert.equal(diffs().length, 0);
    await commands.executeCommand('undo');
    assert.equal(editor.document.getText(), '<!-- x -->\n# Plan\n\nOne two three\n');
    followed.dispose();
  });

  it('change nothing when the diff is rejected or closed', async () => {
    for (const end of [() => edits.reject(), () => commands.executeCommand('workbench.action.closeActiveEditor')]) {
      const editor = await open('One two three\n');
      const followed = edits.follow(sourceOf(editor.document, [new Range(0, 4, 0, 7)]), 'Summary');
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
    const followed = edits.follow(sourceOf(editor.document, [new Range(0, 4, 0, 7)]), 'Summary');
    const decided = followed.replace(['2'], 'preview');
    const diff = await diffShown();
    await type(editor.document, 0, 5, 'w');
    press = undefined;

    await edits.accept(diff.modified);

    assert.deepEqual(asked, [['The text changed.', 'Compare…', 'Insert at Cursor', 'Copy']]);
    assert.equal(editor.document.getText(), 'One twwo three\n');
    await edits.reject(diff.modified);
    assert.equal(await decided, false);
    press = 'Compare…';
    const compared = followed.replace(['2'], 'direct');
    const second = await diffShown();
    await edits.accept(second.modified);
    assert.equal(await compared, true);
    assert.equal(editor.document.getText(), 'One 2 three\n');
    followed.dispose();
  });

  it('are inserted where the cursor was last, and change nothing else', async () => {
    const editor = await open('One\n  two\n');
    editor.selection = new Selection(1, 2, 1, 5);
    const followed = edits.follow(sourceOf(editor.document, [new Range(0, 0, 0, 3)]), 'Summary');

    assert.equal(edits.cursorTarget, `${followed.source.file}:2`);
    assert.equal(await followed.insertAtCursor('a\nb '), true);

    assert.equal(editor.document.getText(), 'One\n  twoa\n  b\n');
    followed.dispose();
  });

  it('make a new file in the language of their block of code', async () => {
    const { document: before } = await open('One\n');
    const followed = edits.follow(sourceOf(before, [new Range(0, 0, 0, 3)]), 'Summary');

    await followed.newFile('```json\n{}\n```');

    const made = window.activeTextEditor?.document;
    assert.deepEqual([made?.languageId, made?.getText(), made?.isUntitled], ['json', '{}\n', true]);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    followed.dispose();
  });

  it('leave a document alone that is read-only in VS Code', async () => {
    const files = workspace.getConfiguration('files');
    await files.update('readonlyInclude', { '**/locked.md': true }, ConfigurationTarget.Global);
    const { document } = await open('One two three\n', 'locked.md');
    const followed = edits.follow(sourceOf(document, [new Range(0, 4, 0, 7)]), 'Summary');
    const live = followed.live(0);

    const done = [await followed.replace(['2'], 'direct'), await live.finish('2')];

    assert.deepEqual([done, document.getText()], [[false, false], 'One two three\n']);
    await files.update('readonlyInclude', undefined, ConfigurationTarget.Global);
    followed.dispose();
  });

  it('go into the cell of a notebook', async () => {
    const cell = new NotebookCellData(NotebookCellKind.Markup, 'One two three', 'markdown');
    const notebook = await workspace.openNotebookDocument('jupyter-notebook', new NotebookData([cell]));
    await window.showNotebookDocument(notebook);
    const { document } = notebook.cellAt(0);
    const followed = edits.follow(sourceOf(document, [new Range(0, 4, 0, 7)]), 'Summary');

    assert.equal(await followed.replace(['2'], 'direct'), true);

    assert.equal(document.getText(), 'One 2 three');
    followed.dispose();
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('go into the changed side of a diff', async () => {
    const { document } = await open('One two three\n');
    const other = await open('One three\n');
    await commands.executeCommand('vscode.diff', other.document.uri, document.uri, 'Diff');
    const followed = edits.follow(sourceOf(document, [new Range(0, 4, 0, 7)]), 'Summary');
    const live = followed.live(0);
    live.write('2');

    assert.equal(await live.finish('22'), true);

    assert.equal(document.getText(), 'One 22 three\n');
    await commands.executeCommand('undo');
    assert.equal(document.getText(), 'One two three\n');
    followed.dispose();
  });

  it('follow a document without a file into the one it is saved in', async () => {
    const uri = Uri.joinPath(folder, 'saved.md');
    const untitled = await workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
    await window.showTextDocument(untitled);
    await type(untitled, 0, 0, 'One two three\n');
    const followed = edits.follow(sourceOf(untitled, [new Range(0, 4, 0, 7)]), 'Summary');
    await untitled.save();
    await until(() => untitled.isClosed);
    const saved = await workspace.openTextDocument(uri);

    assert.equal(await followed.replace(['2'], 'direct'), true);

    assert.equal(saved.getText(), 'One 2 three\n');
    await saved.save();
    followed.dispose();
  });
});

type Kind = 'direct' | 'below' | 'live';

interface Case {
  readonly kind: Kind;
  readonly crlf: boolean;
  readonly indent: string;
  readonly parts: number;
  readonly lines: number;
  readonly tail: boolean;
  /** Where the person types while the answer is on its way. */
  readonly typing: 'nowhere' | 'before' | 'after' | 'inside' | 'over';
  readonly writes: readonly number[];
}

const cases: fc.Arbitrary<Case> = fc.record({
  kind: fc.constantFrom('direct', 'below', 'live', 'live'),
  crlf: fc.boolean(),
  indent: fc.constantFrom('', '  ', '\t'),
  parts: fc.integer({ min: 1, max: 3 }),
  lines: fc.integer({ min: 1, max: 3 }),
  tail: fc.boolean(),
  typing: fc.constantFrom('nowhere', 'nowhere', 'before', 'after', 'inside', 'over'),
  writes: fc.array(fc.nat(60), { minLength: 1, maxLength: 4 }),
});

interface Ended {
  readonly done: boolean;
  /** The text to which one undo leads back; `undefined` if nothing may change. */
  readonly before: string | undefined;
  readonly now: string;
}

const runs: Record<Kind, (followed: Followed, document: TextDocument, one: Case) => Promise<Ended>> = {
  direct: async (followed, document, one) => {
    await typeSomewhere(document, one);
    const now = document.getText();
    const done = await followed.replace(answersOf(one), 'direct');
    return { done, now, before: mayChange(one) ? now : undefined };
  },
  below: async (followed, document, one) => {
    await typeSomewhere(document, one);
    const now = document.getText();
    const done = await followed.insertBelow(answersOf(one));
    return { done, now, before: now };
  },
  live: async (followed, document, one) => {
    const start = document.getText();
    const lives = answersOf(one).map((_, part) => followed.live(part));
    const typedAt = Math.floor(one.writes.length / 2);
    let now = start;
    for (const [at, size] of one.writes.entries()) {
      for (const live of lives) live.write(thinking.slice(0, size));
      if (at % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
      if (at === typedAt) await typeSomewhere(document, one);
      now = document.getText();
    }
    const done = await Promise.all(lives.map((live) => live.finish(thinking)));
    return { done: done.every(Boolean), now, before: mayChange(one) ? withEdit(start, one) : undefined };
  },
};

function mayChange({ typing }: Case): boolean {
  return typing !== 'inside' && typing !== 'over';
}

function answersOf({ parts }: Case): readonly string[] {
  return Array.from({ length: parts }, () => thinking);
}

/** Fills the document: each part stands between ⟦ and ⟧ on lines of its own. */
async function begin(
  editor: TextEditor,
  one: Case,
  edits: Edits,
): Promise<{ readonly base: string; readonly followed: Followed }> {
  const { crlf, indent, parts, lines, tail } = one;
  const eol = crlf ? '\r\n' : '\n';
  const originals = Array.from({ length: parts }, (_, part) =>
    Array.from({ length: lines }, (__, line) => `${indent}𠮷 text ${part} line ${line}.`).join(eol),
  ).map((text) => (tail ? text + eol : text));
  const base = `# 💡 Plan${eol}${originals.map((text) => `⟦${eol}${text}⟧${eol}`).join(eol)}Last${eol}`;
  const { document } = editor;
  await editor.edit((builder) => {
    builder.replace(new Range(0, 0, document.lineCount, 0), base);
    builder.setEndOfLine(crlf ? EndOfLine.CRLF : EndOfLine.LF);
  });
  assert.equal(document.getText(), base);
  let from = 0;
  const ranges = originals.map((text) => {
    const start = base.indexOf(text, from);
    from = start + text.length;
    return new Range(document.positionAt(start), document.positionAt(from));
  });
  editor.selections = ranges.map(({ start, end }) => new Selection(start, end));
  return { base, followed: edits.follow(sourceOf(document, ranges), 'Summary') };
}

/** Does to the document what a person would; the change is made whole whatever streams meanwhile. */
async function typeSomewhere(document: TextDocument, { typing }: Case): Promise<void> {
  for (let done = typing === 'nowhere'; !done;) {
    const text = document.getText();
    const edit = new WorkspaceEdit();
    const range = (start: number, end: number): Range =>
      new Range(document.positionAt(start), document.positionAt(end));
    const open = text.indexOf('⟦');
    const inside = open + (text.includes('⟦\r\n') ? 3 : 2);
    if (typing === 'before') edit.insert(document.uri, document.positionAt(open), '💡x');
    if (typing === 'after') edit.insert(document.uri, document.positionAt(text.indexOf('Last')), 'x\n');
    if (typing === 'inside') edit.insert(document.uri, document.positionAt(text.indexOf('⟧') - 2), 'typed');
    if (typing === 'over') edit.replace(document.uri, range(open, inside + 3), '');
    done = await workspace.applyEdit(edit);
  }
}

/** The same by hand. */
function withEdit(text: string, { kind, typing, crlf }: Case): string {
  const open = text.indexOf('⟦');
  const eol = crlf ? '\r\n' : '\n';
  if (typing === 'before') return `${text.slice(0, open)}💡x${text.slice(open)}`;
  if (typing === 'after') return text.replace('Last', `x${eol}Last`);
  if (kind !== 'below' || typing === 'nowhere') return text;
  if (typing === 'over') return text.slice(0, open) + text.slice(open + 1 + eol.length + 3);
  const close = text.indexOf('⟧') - 2;
  return `${text.slice(0, close)}typed${text.slice(close)}`.replace('\rtyped\n', '\r\ntyped');
}

/** What the answers make of it, found by searching. */
function answered(text: string, { crlf, indent, lines, tail, parts }: Case): string {
  const eol = crlf ? '\r\n' : '\n';
  const step = indentationStep(text);
  return Array.from({ length: parts }, (_, part) =>
    Array.from({ length: lines }, (__, line) => `${indent}𠮷 text ${part} line ${line}.`).join(eol),
  )
    .map((original) => (tail ? original + eol : original))
    .reduce((all, original) => {
      const place = { before: '', original, eol, step } as const;
      return all.replace(original, () => documentText(thinking, place));
    }, text);
}

/** How many answers stand in the text that did not before; all else is the same. */
function inserted(after: string, before: string): number {
  const block = /\s*New 💡 line\s+and another\s+end\s*/gu;
  assert.equal(after.replaceAll(block, '').replaceAll(/\s/g, ''), before.replaceAll(/\s/g, ''));
  return [...after.matchAll(block)].length;
}

/** The text around the parts. */
function outside(text: string): string {
  return text.replaceAll(/⟦[^⟧]*⟧/g, '⟦⟧');
}

function sourceOf(document: TextDocument, ranges: readonly Range[]): Source {
  const file = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
  const parts = ranges.map((range) => ({ range, text: document.getText(range) }));
  return { uri: document.uri, languageId: document.languageId, parts, file, place: `${file}:1`, attached: [] };
}

async function type(changed: TextDocument, line: number, character: number, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.insert(changed.uri, new Range(line, character, line, character).start, text);
  await workspace.applyEdit(edit);
}

function diffs(): readonly { readonly label: string; readonly modified: Uri }[] {
  return window.tabGroups.all
    .flatMap((group) => group.tabs)
    .flatMap(({ label, input }) =>
      input instanceof TabInputTextDiff && input.modified.scheme === 'dify-proposal'
        ? [{ label, modified: input.modified }]
        : [],
    );
}

async function diffShown(): Promise<{ readonly label: string; readonly modified: Uri }> {
  await until(() => diffs().length > 0);
  const [diff] = diffs();
  assert.ok(diff);
  return diff;
}

/** Looks again after whatever VS Code tells of. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise<void>((resolve) => {
      const listening = [
        window.tabGroups.onDidChangeTabs(() => done()),
        workspace.onDidChangeTextDocument(() => done()),
        workspace.onDidOpenTextDocument(() => done()),
        workspace.onDidCloseTextDocument(() => done()),
      ];
      const done = (): void => {
        for (const item of listening) item.dispose();
        resolve();
      };
    });
  }
}
