import assert from 'node:assert/strict';
import {
  commands,
  Range,
  TabInputTextDiff,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  type TextDocument,
  type TextEditor,
} from 'vscode';
import { Edits } from '../../src/host/edits/edits.ts';
import type { Source } from '../../src/host/source/source.ts';

/** What tests of edits work with, made before them and removed after them. */
export interface EditsInTests {
  readonly edits: () => Edits;
  /** The messages that were shown, each with its buttons. */
  readonly asked: string[][];
  /** The button that is pressed from now on in this test. */
  readonly press: (button: string | undefined, when?: Promise<void>) => void;
  readonly folder: () => Uri;
  /** Makes a file with this text and opens it. */
  readonly open: (text: string, name?: string) => Promise<TextEditor>;
}

export function editsInTests(): EditsInTests {
  const asked: string[][] = [];
  let press: { readonly button: string | undefined; readonly when: Promise<void> | undefined } | undefined;
  let edits: Edits;
  let count = 0;
  const folder = Uri.joinPath(workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/'), crypto.randomUUID());

  before(() => {
    edits = new Edits((...words) => {
      asked.push(words);
      return Promise.resolve(press?.when).then(() => press?.button);
    });
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

  return {
    asked,
    edits: () => edits,
    press: (button, when) => {
      press = { button, when };
    },
    folder: () => folder,
    open: async (text, name = `notes${++count}.md`) => {
      const uri = Uri.joinPath(folder, name);
      await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
      return window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
    },
  };
}

export function sourceOf(document: TextDocument, ranges: readonly Range[]): Source {
  const file = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
  const parts = ranges.map((range) => ({ range, text: document.getText(range) }));
  return { uri: document.uri, languageId: document.languageId, parts, file, place: `${file}:1`, attached: [] };
}

export async function type(changed: TextDocument, line: number, character: number, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.insert(changed.uri, new Range(line, character, line, character).start, text);
  await workspace.applyEdit(edit);
}

export function diffs(): readonly { readonly label: string; readonly modified: Uri }[] {
  return window.tabGroups.all
    .flatMap((group) => group.tabs)
    .flatMap(({ label, input }) =>
      input instanceof TabInputTextDiff && input.modified.scheme === 'dify-proposal'
        ? [{ label, modified: input.modified }]
        : [],
    );
}

export async function diffShown(): Promise<{ readonly label: string; readonly modified: Uri }> {
  await until(() => diffs().length > 0);
  const [diff] = diffs();
  assert.ok(diff);
  return diff;
}

/** Looks again after whatever VS Code tells of. */
export async function until(condition: () => boolean): Promise<void> {
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
