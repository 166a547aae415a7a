import { env, Uri, workspace, type Range, type TextDocument } from 'vscode';
import type { ContextItem } from '../../../conversation/conversation.ts';
import { relativeFile } from '../../source/placeOf.ts';
import { t } from '../../words.ts';
import type { Attachment, Read } from './attachment.ts';
import { linesOf, readChanges, readFileText, readLines, readProblems } from './readText.ts';

type Kind = ContextItem['kind'];

/** With a key of its own: what is offered has the same each time, and may be attached to several questions. */
export function withOwnKey(attachment: Attachment): Attachment {
  return { ...attachment, item: { ...attachment.item, key: crypto.randomUUID() } };
}

/** A file, as it is when the question is sent. */
export function fileAttachment(uri: Uri, size = 0): Attachment {
  return { item: itemOf('file', uri, size), path: uri.path, uri, isLive: true, read: () => readFileText(uri) };
}

/** What is selected, as it is now. There is one such offer, whatever is selected. */
export function selectionAttachment(document: TextDocument, range: Range): Attachment {
  const { uri } = document;
  const size = document.offsetAt(range.end) - document.offsetAt(range.start);
  const item = { ...itemOf('selection', uri, size), key: 'selection', lines: linesOf(range) };
  const text = (): string => document.getText(range);
  return { item, path: uri.path, uri, isLive: false, read: async () => ({ text: text() }) };
}

/** What VS Code finds wrong with a file. */
export function problemsAttachment(uri: Uri, size = 0): Attachment {
  return { item: itemOf('problems', uri, size), path: '', uri, isLive: true, read: () => readProblems(uri) };
}

/** What is not committed, where that file is. */
export function changesAttachment(uri: Uri | undefined, size = 0): Attachment {
  return { item: { ...nameless('diff'), size }, path: '', isLive: true, read: () => readChanges(uri) };
}

export function clipboardAttachment(size = 0): Attachment {
  return { item: { ...nameless('clipboard'), size }, path: '', isLive: false, read: readClipboard };
}

/** A text that the page has: pasted, or that of a file from outside of VS Code. Both names are the page's. */
export function pastedAttachment(key: string, name: string, text: string): Attachment {
  const item = { ...nameless('clipboard'), key, name, size: text.length };
  return { item, path: name, isLive: false, read: async () => ({ text }) };
}

/** What an item of another life of the window stands for: it says where it stood, and not what it said. */
export async function attachmentFor(item: ContextItem): Promise<Attachment | undefined> {
  if (item.kind === 'clipboard') return undefined;
  if (item.kind === 'diff') return { ...changesAttachment(undefined), item };
  const uri = inWorkspace(item.name);
  if (uri === undefined) return undefined;
  try {
    await workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
  if (item.kind === 'problems') return { ...problemsAttachment(uri), item };
  const { lines } = item;
  const read = () => (lines === undefined ? readFileText(uri) : readLines(uri, lines));
  return { item, path: uri.path, isLive: item.kind === 'file', read };
}

async function readClipboard(): Promise<Read> {
  const text = await env.clipboard.readText();
  return text.trim() === '' ? { problem: t('The clipboard is empty.') } : { text };
}

/** The file of that path in the workspace, or `undefined` if it is none. */
function inWorkspace(name: string): Uri | undefined {
  const folders = workspace.workspaceFolders ?? [];
  for (const folder of folders) {
    const inFolder =
      folders.length === 1 ? name : name.startsWith(`${folder.name}/`) && name.slice(folder.name.length + 1);
    if (inFolder === false) continue;
    const uri = Uri.joinPath(folder.uri, inFolder);
    if (workspace.getWorkspaceFolder(uri) !== undefined) return uri;
  }
  return undefined;
}

/** The address without `..`, by which it could leave the folder that it seems to be in. */
export function plainAddress(uri: Uri): Uri {
  return Uri.joinPath(uri, '.');
}

function itemOf(kind: Kind, uri: Uri, size: number): ContextItem {
  return { key: `${kind} ${uri.toString()}`, kind, name: relativeFile(uri), lines: undefined, size };
}

function nameless(kind: Kind): ContextItem {
  return { key: kind, kind, name: '', lines: undefined, size: 0 };
}
