import {
  CodeLens,
  commands,
  env,
  EventEmitter,
  languages,
  Range,
  Uri,
  ViewColumn,
  window,
  workspace,
  type Disposable,
  type TextDocument,
} from 'vscode';
import type { Conversation } from '../../conversation/conversation.ts';
import { reduceRun } from '../../conversation/reduceRun.ts';
import { isEnded, newRun, type Run, type RunEvent } from '../../conversation/run.ts';
import type { ConversationFiles } from '../conversationFiles.ts';
import { t } from '../words.ts';

/** Shortest time between two updates of a document, in milliseconds: VS Code compares the whole text at each. */
const pace = 100;

/** Where the results lie among the conversations. */
const folder = 'results';

/** One run shown in a document. */
interface Result {
  readonly uri: Uri;
  /** What was done to what: action, app, place. */
  readonly about: string;
  readonly stop: () => void;
  /** Whether a copy is written: not of the demo's. */
  readonly isKept: boolean;
  run: Run;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** What a run is shown by. */
export interface ResultView {
  /** Folds the event into the run that is shown. */
  apply(event: RunEvent): void;
  readonly run: Run;
}

/** The read-only Markdown documents that answers stream into. */
export class Results implements Disposable {
  static readonly scheme = 'dify-result';
  readonly #results = new Map<string, Result>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #lensesChanged = new EventEmitter<void>();
  readonly #registered: readonly Disposable[];
  readonly #files: ConversationFiles;

  /** @param files keep the results: who reloads the window finds them again */
  constructor(files: ConversationFiles) {
    this.#files = files;
    const { scheme } = Results;
    this.#registered = [
      workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#textOf(uri),
      }),
      languages.registerCodeLensProvider(
        { scheme },
        { onDidChangeCodeLenses: this.#lensesChanged.event, provideCodeLenses: (document) => this.#lensesOf(document) },
      ),
      workspace.onDidCloseTextDocument((document) => this.#close(document)),
    ];
  }

  /** Opens a document beside the active editor, which keeps the focus. */
  async open(title: string, about: string, stop: () => void, isKept: boolean): Promise<ResultView> {
    const uri = uriOf(crypto.randomUUID(), title);
    const result: Result = { uri, about, stop, isKept, run: newRun, timer: undefined };
    this.#results.set(uri.toString(), result);
    this.#showStop();
    await show(uri);
    return {
      apply: (event) => this.#apply(result, event),
      get run() {
        return result.run;
      },
    };
  }

  /** Stops the run that the document shows, or every run if none is named. */
  stop(uri: unknown): void {
    for (const result of this.#results.values()) {
      if (!(uri instanceof Uri) || uri.toString() === result.uri.toString()) result.stop();
    }
  }

  /** The answer as Markdown. */
  textOf(uri: unknown): string | undefined {
    const named = uri instanceof Uri ? uri : window.activeTextEditor?.document.uri;
    return named === undefined ? undefined : this.#results.get(named.toString())?.run.text;
  }

  dispose(): void {
    for (const result of this.#results.values()) {
      result.stop();
      clearTimeout(result.timer);
    }
    for (const item of this.#registered) item.dispose();
    this.#changed.dispose();
    this.#lensesChanged.dispose();
  }

  #apply(result: Result, event: RunEvent): void {
    const before = result.run;
    result.run = reduceRun(before, event);
    if (result.run.text !== before.text) this.#showSoon(result);
    if (result.run.status.type !== before.status.type) this.#lensesChanged.fire();
    if (!isEnded(result.run)) return;
    this.#show(result);
    this.#showStop();
    if (result.isKept) void this.#files.write(folder, keptAs(result));
  }

  /** The stop button in the title of the editor is there while anything runs. */
  #showStop(): void {
    const running = [...this.#results.values()].some(({ run }) => !isEnded(run));
    void commands.executeCommand('setContext', 'difyCompanion.actionRunning', running);
  }

  /** The first piece at once, the following ones at a pace that the editor can keep. */
  #showSoon(result: Result): void {
    if (result.timer !== undefined) return;
    this.#changed.fire(result.uri);
    result.timer = setTimeout(() => {
      result.timer = undefined;
      this.#show(result);
    }, pace);
  }

  #show(result: Result): void {
    clearTimeout(result.timer);
    result.timer = undefined;
    this.#changed.fire(result.uri);
    this.#lensesChanged.fire();
  }

  /** Opens an earlier result that the person picks. VS Code itself does not open them again after a reload. */
  async openEarlier(): Promise<void> {
    const messages = (await this.#files.list(folder)).flatMap((kept) => kept.messages);
    const rows = messages.map((message) => ({
      label: message.query,
      description: new Date(message.askedAt).toLocaleString(env.language),
      detail: message.run.text.slice(0, 200),
      message,
    }));
    const title = rows.length === 0 ? t('Results of actions appear here.') : t('Open a Result');
    const picked = await window.showQuickPick(rows, { title, matchOnDetail: true });
    if (picked === undefined) return;
    const { key, query: about, run } = picked.message;
    const uri = uriOf(key, `${about.replace('·', '–').replace(':', ' ')}.md`);
    this.#results.set(uri.toString(), { uri, about, run, stop: () => {}, isKept: true, timer: undefined });
    await show(uri);
  }

  #textOf(uri: Uri): string {
    return this.#results.get(uri.toString())?.run.text ?? '';
  }

  #lensesOf(document: TextDocument): CodeLens[] {
    const result = this.#results.get(document.uri.toString());
    const top = new Range(0, 0, 0, 0);
    if (result === undefined) {
      return [new CodeLens(top, { title: t('This answer is gone. Run the action again.'), command: '' })];
    }
    const { run, uri } = result;
    const head = new CodeLens(top, { title: `${result.about} · ${stateOf(run)}`, command: '' });
    if (!isEnded(run)) {
      return [head, new CodeLens(top, { title: t('Stop'), command: 'difyCompanion.actions.stop', arguments: [uri] })];
    }
    if (run.text === '') return [head];
    return [
      head,
      new CodeLens(top, { title: t('Copy'), command: 'difyCompanion.actions.copyResult', arguments: [uri] }),
    ];
  }

  #close(document: TextDocument): void {
    const key = document.uri.toString();
    const result = this.#results.get(key);
    if (result === undefined || document.uri.scheme !== Results.scheme) return;
    // VS Code also closes and opens a document when its language changes.
    setTimeout(() => {
      if (workspace.textDocuments.some(({ uri }) => uri.toString() === key)) return;
      result.stop();
      clearTimeout(result.timer);
      this.#results.delete(key);
    });
  }
}

/** A result is kept as a conversation of one message, whose query says what was done to what. */
function keptAs({ uri, about, run }: Result): Conversation {
  return { id: idOf(uri), messages: [{ key: idOf(uri), query: about, askedAt: Date.now(), run, forgotten: false }] };
}

/** @param title becomes the name of the tab */
function uriOf(id: string, title: string): Uri {
  return Uri.from({ scheme: Results.scheme, path: `/${id}/${title.replaceAll('/', '-')}` });
}

/** Beside the active editor, which keeps the focus. */
async function show(uri: Uri): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  await languages.setTextDocumentLanguage(document, 'markdown');
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: false });
}

function idOf(uri: Uri): string {
  return uri.path.split('/')[1] ?? '';
}

function stateOf({ status }: Run): string {
  switch (status.type) {
    case 'waiting':
      // VS Code asks for lenses only when the text has been still for a while: what it shows first stays until the end.
      return status.resend === undefined
        ? t('answering')
        : t('{reason} Trying again in {n} s.', {
            reason: status.resend.failure.fact,
            n: Math.ceil(status.resend.seconds),
          });
    case 'answering':
      return t('answering');
    case 'paused':
      return `${t('The app waits for somebody to answer in Dify.')} ${t('That cannot be done here yet.')}`;
    case 'done':
      return t('done');
    case 'stopped':
      return t('stopped');
    case 'incomplete':
      return `${status.failure.fact} ${status.failure.advice}`;
    case 'failed':
      return status.failure.fact;
  }
}
