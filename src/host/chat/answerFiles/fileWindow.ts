import { homedir } from 'node:os';
import { commands, FileType, Uri, window, workspace } from 'vscode';
import { t } from '../../words.ts';
import { cleanName } from './cleanName.ts';

/** Where files of answers go that the person wants outside the page. */
export interface FileWindow {
  /** Lets the person choose where a file is saved. @returns what writes it there; `undefined` if they give up */
  readonly saveAs: (name: string) => Promise<((bytes: Uint8Array) => Promise<void>) | undefined>;
  /** Shows a copy of the file in VS Code's own editor or viewer for it. */
  readonly open: (name: string, bytes: Uint8Array) => Promise<void>;
}

/** Copies that were opened are kept for so long, in milliseconds: their editors may come back with the window. */
const keptFor = 24 * 60 * 60 * 1000;

/** @param copies a folder of the extension for the files that are opened */
export function fileWindow(copies: Uri): FileWindow {
  return {
    saveAs: async (name) => {
      const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
      const target = await window.showSaveDialog({
        title: t('Save As'),
        defaultUri: Uri.joinPath(folder, cleanName(name)),
      });
      if (target === undefined) return undefined;
      return async (bytes) => {
        await workspace.fs.writeFile(target, bytes);
        void offerToOpen(target);
      };
    },
    open: async (name, bytes) => {
      await removeOld(copies);
      const copy = Uri.joinPath(copies, crypto.randomUUID(), cleanName(name));
      await workspace.fs.writeFile(copy, bytes);
      await commands.executeCommand('vscode.open', copy);
    },
  };
}

async function offerToOpen(file: Uri): Promise<void> {
  const open = t('Open');
  const said = t('Saved {file}.', { file: file.path.split('/').at(-1) ?? file.path });
  if ((await window.showInformationMessage(said, open)) === open) await commands.executeCommand('vscode.open', file);
}

/** Each copy is in a folder of its own, which is as old as the copy. */
async function removeOld(copies: Uri): Promise<void> {
  try {
    for (const [name, type] of await workspace.fs.readDirectory(copies)) {
      const folder = Uri.joinPath(copies, name);
      const isOld = type === FileType.Directory && (await workspace.fs.stat(folder)).mtime < Date.now() - keptFor;
      if (isOld) await workspace.fs.delete(folder, { recursive: true });
    }
  } catch {
    // There is no folder yet, or another window is at it: the next time will do.
  }
}
