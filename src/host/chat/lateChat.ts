import { EventEmitter, type Disposable, type WebviewViewProvider } from 'vscode';
import type { ChatActivity } from '../activity.ts';
import type { ChatRuns, OpenChat } from '../chatRuns.ts';
import { OnDemand } from '../onDemand.ts';
import type { Chat } from './chat.ts';
import type { ChatPages } from './pages/chatPages.ts';
import type { ChatPanel } from './pages/chatPanel.ts';
import type { AddToChat } from './context/addToChat.ts';
import type { ChatUploads } from './uploads/uploadsInVscode.ts';
import type { Lists } from './conversations/lists.ts';

/** What there is of the chat once it is loaded. */
export interface LoadedChat {
  readonly chat: Chat;
  readonly view: WebviewViewProvider;
  readonly pages: Pick<ChatPages, 'command'>;
  readonly panel: Pick<ChatPanel, 'show' | 'deserializeWebviewPanel'>;
  readonly adding: AddToChat;
  readonly uploads: Pick<ChatUploads, 'choose' | 'transcribe'>;
  readonly list: Pick<Lists, 'commands'>;
  readonly runs: ChatRuns;
  /** Brings the view to the front. */
  readonly show: () => Promise<void>;
  readonly say: (sentence: string) => unknown;
  readonly disposables: readonly Disposable[];
}

const nothing: ChatActivity = { answering: undefined, waiting: [] };

/** The chat, in a chunk of its own that is loaded when it is first wanted. Until then nothing goes on in it, and nothing has to be told. */
export class LateChat<Loaded extends LoadedChat> implements WebviewViewProvider, Disposable {
  readonly #chat: OnDemand<Loaded>;
  readonly #activityChanged = new EventEmitter<void>();
  readonly onDidChangeActivity = this.#activityChanged.event;
  #loaded: Loaded | undefined;

  constructor(load: () => Promise<Loaded>) {
    this.#chat = new OnDemand(async () => {
      this.#loaded = await load();
      this.#loaded.chat.onDidChangeActivity(() => this.#activityChanged.fire());
      return this.#loaded;
    });
  }

  get(): Promise<Loaded> {
    return this.#chat.get();
  }

  /** Tells the chat, if anybody ever wanted it. */
  tell(what: (chat: Chat) => void): void {
    if (this.#loaded !== undefined) what(this.#loaded.chat);
    else this.#chat.ifWanted(({ chat }) => what(chat));
  }

  activity(): ChatActivity {
    return this.#loaded?.chat.activity() ?? nothing;
  }

  openChats(): readonly OpenChat[] {
    return this.#loaded?.chat.all ?? [];
  }

  async runs(): Promise<ChatRuns> {
    return (await this.get()).runs;
  }

  dispose(): void {
    for (const item of this.#loaded?.disposables ?? []) item.dispose();
  }

  async end(): Promise<void> {
    await this.#loaded?.chat.end();
  }

  async resolveWebviewView(...view: Parameters<WebviewViewProvider['resolveWebviewView']>): Promise<void> {
    await (await this.get()).view.resolveWebviewView(...view);
  }
}
