import { ProgressLocation, Uri, window, workspace } from 'vscode';
import type { Conversation } from '../../../conversation/conversation.ts';
import { exportJson, exportMarkdown, titleOf } from '../../../conversation/exported.ts';
import { hostOf, isDemo, type App } from '../../app.ts';
import { t } from '../../words.ts';

/** Where conversations come from when all are exported. */
export interface AllConversations {
  /** How many there are, and each of them when it is wanted. */
  readonly read: readonly (() => Promise<Conversation | undefined>)[];
}

/** Lets the person choose a file and writes the conversation to it. */
export async function exportOne(app: App, conversation: Conversation): Promise<void> {
  const file = await chooseFile(titleOf(conversation) || app.name);
  if (file === undefined) return;
  await write(file, app, [conversation]);
  await offerToOpen(file, t('Exported to {file}.', { file: nameOf(file) }));
}

/** Writes all conversations to one file. Says how many could not be read. */
export async function exportAll(app: App, list: () => Promise<AllConversations>): Promise<void> {
  const file = await chooseFile(app.name);
  if (file === undefined) return;
  const title = t('Exporting conversations');
  const { done, failed } = await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, cancelling) => {
      const { read } = await list();
      const whole: Conversation[] = [];
      let missed = 0;
      for (const [n, one] of read.entries()) {
        if (cancelling.isCancellationRequested) return { done: undefined, failed: 0 };
        progress.report({ message: `${n + 1} / ${read.length}`, increment: 100 / read.length });
        // One that was deleted meanwhile is no reason to export none; what was missed is said.
        const conversation = await one().catch(() => undefined);
        if (conversation === undefined) missed++;
        else whole.push(conversation);
      }
      await write(file, app, whole);
      return { done: whole.length, failed: missed };
    },
  );
  if (done === undefined) return;
  const said = { n: done, failed, file: nameOf(file) };
  const words =
    failed === 0
      ? t('Conversations exported to {file}: {n}.', said)
      : t('Conversations exported to {file}: {n}. Not read: {failed}.', said);
  await offerToOpen(file, words);
}

async function chooseFile(title: string): Promise<Uri | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = `${fileName(title)}.md`;
  return await window.showSaveDialog({
    title: t('Export'),
    filters: { Markdown: ['md'], JSON: ['json'] },
    ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }),
  });
}

async function write(file: Uri, app: App, conversations: readonly Conversation[]): Promise<void> {
  const { name, mode } = app;
  const exported = { name, mode, host: isDemo(app) ? t('demo') : hostOf(app) };
  const text = file.path.toLowerCase().endsWith('.json')
    ? exportJson(exported, conversations)
    : exportMarkdown(exported, conversations, t);
  await workspace.fs.writeFile(file, new TextEncoder().encode(text));
}

async function offerToOpen(file: Uri, words: string): Promise<void> {
  const open = t('Open');
  if ((await window.showInformationMessage(words, open)) === open) await window.showTextDocument(file);
}

function nameOf(file: Uri): string {
  return file.path.split('/').at(-1) ?? file.path;
}

/** Without what some file system does not take. */
function fileName(title: string): string {
  const clean = title
    .replaceAll(/[\\/:*?"<>|\p{Cc}\p{Cf}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  return clean.slice(0, 60).toWellFormed().trim() || 'dify';
}
