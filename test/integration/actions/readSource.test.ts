import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readFiles } from '../../../src/host/source/readFiles.ts';
import { readFile, readSource } from '../../../src/host/source/readSource.ts';
import type { Source } from '../../../src/host/source/source.ts';
import { closeEditors, until } from './editors.ts';

const folder = (): vscode.Uri => {
  const uri = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(uri);
  return uri;
};

async function open(content: string, language = 'plaintext'): Promise<vscode.TextEditor> {
  return await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }));
}

const textsOf = (source: Source | undefined): readonly string[] => source?.parts.map(({ text }) => text) ?? [];

describe('What an action works on', () => {
  afterEach(closeEditors);

  it('is the selection, with its place in the workspace', async () => {
    const file = vscode.Uri.joinPath(folder(), 'notes.md');
    const editor = await vscode.window.showTextDocument(file);
    editor.selection = new vscode.Selection(3, 0, 2, 0);

    const source = await readSource(undefined);

    assert.deepEqual(textsOf(source), [editor.document.getText(new vscode.Range(2, 0, 3, 0))]);
    assert.equal(source?.place, 'notes.md:3-4');
    assert.deepEqual([source?.file, source?.languageId, source?.attached], ['notes.md', 'markdown', []]);
  });

  it('is every selection from top to bottom, without cursors and blanks', async () => {
    const editor = await open('one two\n\n   \nthree four\n');
    editor.selections = [
      new vscode.Selection(3, 0, 3, 5),
      new vscode.Selection(1, 0, 1, 0),
      new vscode.Selection(2, 0, 2, 3),
      new vscode.Selection(0, 7, 0, 4),
    ];

    const source = await readSource(undefined);

    assert.deepEqual(textsOf(source), ['two', 'three']);
    assert.match(source?.place ?? '', /:1,4$/);
  });

  it('is the place that a code action names, wherever the cursor is', async () => {
    const editor = await open('one\ntwo\nthree');
    editor.selection = new vscode.Selection(0, 0, 0, 3);

    const source = await readSource({ uri: editor.document.uri, range: new vscode.Range(1, 0, 1, 3) });

    assert.deepEqual(textsOf(source), ['two']);
  });

  it('is what is selected in the cell of a notebook', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'boats = 3\nlamps = boats', 'python');
    const data = new vscode.NotebookData([
      new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, '# Boats', 'markdown'),
      cell,
    ]);
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
    await vscode.window.showNotebookDocument(notebook, { selections: [new vscode.NotebookRange(1, 2)] });
    await vscode.commands.executeCommand('notebook.cell.edit');
    await until(() => vscode.window.activeTextEditor?.document.languageId === 'python');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    editor.selection = new vscode.Selection(1, 0, 1, 5);

    const source = await readSource(undefined);

    assert.deepEqual(textsOf(source), ['lamps']);
    assert.match(source?.place ?? '', /cell 2:2$/);
  });

  it('is what is selected on the modified side of a diff', async () => {
    // Files: an untitled document of a diff outlives its editor, and VS Code gives the name away again.
    const [left, right] = ['red.txt', 'blue.txt'].map((name) => vscode.Uri.joinPath(folder(), name));
    assert.ok(left && right);
    await vscode.workspace.fs.writeFile(left, new TextEncoder().encode('The boat is red.\n'));
    await vscode.workspace.fs.writeFile(right, new TextEncoder().encode('The boat is blue.\n'));
    await vscode.commands.executeCommand('vscode.diff', left, right);
    await until(() => vscode.window.activeTextEditor?.document.uri.toString() === right.toString());
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    editor.selection = new vscode.Selection(0, 12, 0, 16);

    const source = await readSource(undefined);

    assert.deepEqual(textsOf(source), ['blue']);
    assert.equal(source?.uri.toString(), right.toString());
    for (const uri of [left, right]) await vscode.workspace.fs.delete(uri);
  });

  it('is nothing in a result of our own', async () => {
    const scheme = 'dify-result';
    const provider = { provideTextDocumentContent: () => 'A summary.' };
    const registered = vscode.workspace.registerTextDocumentContentProvider('dify-proposal', provider);
    const editor = await vscode.window.showTextDocument(vscode.Uri.from({ scheme: 'dify-proposal', path: '/x' }));
    editor.selection = new vscode.Selection(0, 0, 0, 9);

    assert.equal(await readSource(undefined), undefined, scheme);
    registered.dispose();
  });

  it('is chosen where nothing is selected: first the smallest thing with a name, in code', async () => {
    const editor = await open('class Boat {\n  row() {\n    pull();\n  }\n}\n\nlet lamp;\n', 'bat');
    const symbols = vscode.languages.registerDocumentSymbolProvider(
      { language: 'bat', scheme: 'untitled' },
      {
        provideDocumentSymbols: () => {
          const symbol = (name: string, kind: vscode.SymbolKind, range: vscode.Range) =>
            new vscode.DocumentSymbol(name, '', kind, range, range.with({ end: range.start }));
          const boat = symbol('Boat', vscode.SymbolKind.Class, new vscode.Range(0, 0, 4, 1));
          boat.children = [symbol('row', vscode.SymbolKind.Method, new vscode.Range(1, 2, 3, 3))];
          return [boat];
        },
      },
    );
    editor.selection = new vscode.Selection(2, 4, 2, 4);

    assert.deepEqual(textsOf(await accepting(readSource(undefined))), ['row() {\n    pull();\n  }']);
    symbols.dispose();
  });

  it('is the paragraph first, in prose', async () => {
    const editor = await open('The first.\n\nThe second,\nof two lines.\n\nThe third.', 'plaintext');
    editor.selection = new vscode.Selection(3, 0, 3, 0);

    assert.deepEqual(textsOf(await accepting(readSource(undefined))), ['The second,\nof two lines.']);
  });

  it('is what was chosen, though the names come when the text is gone', async () => {
    const editor = await open('The first.\n\nThe second,\nof two lines.', 'bat');
    const told = Promise.withResolvers<vscode.DocumentSymbol[]>();
    const symbols = vscode.languages.registerDocumentSymbolProvider(
      { language: 'bat', scheme: 'untitled' },
      { provideDocumentSymbols: () => told.promise },
    );
    const failures: unknown[] = [];
    const failed = (error: unknown): number => failures.push(error);
    process.on('unhandledRejection', failed);
    editor.selection = new vscode.Selection(3, 0, 3, 0);

    assert.deepEqual(textsOf(await accepting(readSource(undefined))), ['The second,\nof two lines.']);
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, 4, 0)));
    told.resolve([]);
    await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', editor.document.uri);
    await new Promise((resolve) => setTimeout(resolve));

    assert.deepEqual(failures, []);
    process.off('unhandledRejection', failed);
    symbols.dispose();
  });

  it('is the whole file after a step through the list, and nothing changes if it is left', async () => {
    const editor = await open('The first.\n\nThe second.', 'plaintext');
    const asked = readSource(undefined);
    await quickPickIsOpen();
    await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');

    assert.deepEqual(textsOf(await accepting(asked)), ['The first.\n\nThe second.']);
    assert.ok(editor.selection.isEmpty);

    const left = readSource(undefined);
    await quickPickIsOpen();
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    assert.equal(await left, undefined);
  });
});

describe('A file of the explorer', () => {
  it('is its whole text, and no editor opens', async () => {
    const source = await readFile(vscode.Uri.joinPath(folder(), 'notes.md'));

    assert.match(textsOf(source)[0] ?? '', /^# Meeting of 14 May/);
    assert.deepEqual(vscode.window.visibleTextEditors, []);
  });

  it('goes as a file where it is no text, and folders are left out', async () => {
    const picture = vscode.Uri.joinPath(folder(), 'lamp.png');
    await vscode.workspace.fs.writeFile(picture, Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 0, 0, 1]));

    const sources = await readFiles(picture, [picture, folder(), vscode.Uri.joinPath(folder(), 'notes.md')]);

    assert.deepEqual(
      sources?.map(({ file, attached, parts }) => [file, attached.length, parts.length]),
      [
        ['lamp.png', 1, 1],
        ['notes.md', 0, 1],
      ],
    );
    await vscode.workspace.fs.delete(picture);
  });
});

/** Presses Enter until the list that opens took it. */
async function accepting<T>(asked: Promise<T>): Promise<T> {
  let isAnswered = false;
  const answered = asked.finally(() => (isAnswered = true));
  while (!isAnswered) {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return await answered;
}

/** Until the list is there, after it waited for symbols; VS Code tells nobody that it is. */
async function quickPickIsOpen(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}
