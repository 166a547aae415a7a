import { Selection, TabInputWebview, TextEditorRevealType, ViewColumn, window, workspace, type Uri } from 'vscode';
import type { WorkspaceFiles } from './findSource.ts';
import { matchLines } from './matchLines.ts';

/** Largest file that is read, in bytes. */
const largest = 1024 * 1024;

/** Folders whose files nobody writes. */
const others = '**/{node_modules,bower_components,.git,.hg,.svn,.venv,venv,__pycache__,target,dist,out,build}/**';

/** What knowledge is made of, and then all else that is text. */
const forPeople = '**/*.{md,mdx,markdown,txt,rst,adoc,asciidoc,html,htm,csv,tex,org}';
const noText =
  '**/*.{png,jpg,jpeg,gif,webp,ico,pdf,zip,gz,tgz,7z,jar,class,o,so,dll,exe,wasm,woff,woff2,ttf,otf,mp3,mp4,wav,mov,vsix,docx,xlsx,pptx,lock,map}';

/** The files of this window's folders, without what the person excludes from the explorer or from the search. */
export const workspaceFiles: WorkspaceFiles<Uri> = {
  named: async (name, most) => await workspace.findFiles(`**/${patternOf(name)}`, excluded(), most),
  texts: async (most) => {
    const first = await workspace.findFiles(forPeople, excluded(), most);
    const known = new Set(first.map(String));
    const rest = await workspace.findFiles('**/*', excluded(forPeople, noText), most - first.length || 1);
    return [...first, ...rest.filter((uri) => !known.has(String(uri)))].slice(0, most);
  },
  read: async (uri) => {
    const open = workspace.textDocuments.find((document) => String(document.uri) === String(uri));
    if (open !== undefined) return open.getText();
    try {
      if ((await workspace.fs.stat(uri)).size > largest) return undefined;
      const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
      return text.slice(0, 8_000).includes('\0') ? undefined : text;
    } catch {
      // Gone, or not for us to read: then it is not there.
      return undefined;
    }
  },
};

/** Opens the file with the lines of the piece selected, as they are now. */
export async function openSource(uri: Uri, piece: string): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const match = matchLines(piece, document.getText());
  // In the chat's own column the file would take the chat's place.
  const isOverChat = window.tabGroups.activeTabGroup.activeTab?.input instanceof TabInputWebview;
  const editor = await window.showTextDocument(document, {
    preview: true,
    ...(isOverChat ? { viewColumn: ViewColumn.Beside } : {}),
  });
  if (match === undefined) return;
  const [first, last] = match.lines;
  const range = document.lineAt(first).range.union(document.lineAt(last).range);
  editor.selection = new Selection(range.start, range.end);
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
}

/** A name as part of a glob: what means something there stands for any one character. `*` is ours. */
function patternOf(name: string): string {
  return name.replaceAll(/[?{}[\]!,]/g, '?').replaceAll(/\*(?!$)/g, '?');
}

/** VS Code leaves out those of `files.exclude` by itself. One pair of braces around all of it: they may not be nested everywhere. */
function excluded(...more: readonly string[]): string {
  const search = workspace.getConfiguration('search').get<Readonly<Record<string, unknown>>>('exclude') ?? {};
  const own = Object.keys(search).filter((pattern) => search[pattern] === true);
  return `{${[others, ...own, ...more].flatMap(expanded).join(',')}}`;
}

function expanded(pattern: string): readonly string[] {
  const [, before = '', inner, after = ''] = /^([^{]*)\{([^{}]*)\}(.*)$/.exec(pattern) ?? [];
  return inner === undefined ? [pattern] : inner.split(',').flatMap((one) => expanded(before + one + after));
}
