import { env, TabInputCustom, TabInputText, UIKind, window, workspace, type Uri } from 'vscode';
import type { Attachment } from './attachment.ts';
import { changesAttachment, clipboardAttachment, fileAttachment, problemsAttachment } from './attachments.ts';
import type { EditorFollower } from './editorFollower.ts';
import type { Offers } from './mentions.ts';
import { hasProblems, openDocument, readChanges, readProblems } from './readText.ts';

/** Most files of the workspace that are looked through. */
const most = 20_000;

/** Folders whose files nobody writes. VS Code leaves out those of `files.exclude` by itself. */
const others = '**/{node_modules,bower_components,.git,.hg,.svn,.venv,venv,__pycache__,target,dist,out,build}/**';

/** So long a list waits for what is not there at once, in milliseconds. */
const patience = 5_000;

/** What VS Code has to attach. Nothing of a file is read for that; the clipboard is only where it asks nobody. */
export function offersOf(follower: EditorFollower): Offers {
  const now = () => nowOf(follower);
  return {
    now,
    all: async () => {
      const uri = follower.editor?.document.uri;
      const [changes, clipboard, files] = await Promise.all([
        within(changesOffer(uri)),
        within(clipboardOffer()),
        within(workspaceFiles()),
      ]);
      const here = now();
      const special = here.filter(({ item }) => item.kind !== 'file');
      const open = here.filter(({ item }) => item.kind === 'file');
      const names = new Set(open.map(({ item }) => item.name));
      const rest = (files ?? []).filter(({ item }) => !names.has(item.name));
      const first = open.slice(0, 1);
      return [
        ...special.slice(0, 1),
        ...first,
        ...special.slice(1),
        ...(changes ?? []),
        ...(clipboard ?? []),
        ...open.slice(1),
        ...rest,
      ];
    },
    sized,
  };
}

/** The selection, the file that is being worked on and its problems, then the others that are open. */
function nowOf(follower: EditorFollower): readonly Attachment[] {
  const selection = follower.selection();
  const active = follower.editor?.document.uri;
  const problems = active === undefined || !hasProblems(active) ? [] : [problemsAttachment(active)];
  const open = window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) => {
      // A picture is open in an editor that is none of text.
      const isOpen = input instanceof TabInputText || input instanceof TabInputCustom;
      return isOpen && isFile(input.uri) ? [input.uri] : [];
    }),
  );
  const uris = new Map(
    [...(active === undefined || !isFile(active) ? [] : [active]), ...open].map((uri) => [uri.toString(), uri]),
  );
  return [
    ...(selection === undefined ? [] : [selection]),
    ...problems,
    ...[...uris.values()].map((uri) => fileAttachment(uri)),
  ];
}

function isFile({ scheme }: Uri): boolean {
  return !['output', 'dify-result', 'dify-proposal', 'git'].includes(scheme);
}

async function changesOffer(uri: Uri | undefined): Promise<readonly Attachment[]> {
  const read = await readChanges(uri);
  return 'problem' in read ? [] : [changesAttachment(uri, read.text.length)];
}

/** A browser would ask whether the clipboard may be read, each time. */
async function clipboardOffer(): Promise<readonly Attachment[]> {
  if (env.uiKind === UIKind.Web) return [clipboardAttachment()];
  const text = await env.clipboard.readText();
  return text.trim() === '' ? [] : [clipboardAttachment(text.length)];
}

async function workspaceFiles(): Promise<readonly Attachment[]> {
  const uris = await workspace.findFiles('**/*', others, most);
  return uris.map((uri) => fileAttachment(uri));
}

async function sized(attachment: Attachment): Promise<Attachment> {
  const { item, uri } = attachment;
  if (item.kind === 'problems' && uri !== undefined) {
    const read = await readProblems(uri);
    return 'problem' in read ? attachment : { ...attachment, item: { ...item, size: read.text.length } };
  }
  if (item.kind !== 'file' || uri === undefined) return attachment;
  const document = openDocument(uri);
  const size = document === undefined ? await sizeOnDisk(uri) : document.getText().length;
  return size === 0 ? attachment : { ...attachment, item: { ...item, size } };
}

async function sizeOnDisk(uri: Uri): Promise<number> {
  try {
    return (await workspace.fs.stat(uri)).size;
  } catch {
    return 0;
  }
}

/** What the work gives; `undefined` if it fails or takes too long: then the list does without. */
async function within<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patience);
  });
  try {
    return await Promise.race([work, tooLong]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
