import type { Disposable, Webview } from 'vscode';
import { parseFromWebview, type FromWebview } from '../../../conversation/fromWebview.ts';
import type { ChatEvent, ChatState } from '../../../conversation/protocol.ts';
import type { Start } from '../../commands.ts';
import { Outbox } from './outbox.ts';
import { act, type Acts } from '../part.ts';

/** What a page shows: all of it, and what becomes of it. */
export interface PageSource {
  state(): Promise<ChatState>;
  /** @param listener hears events of what is shown, and `changed` when only a new state tells it @returns the end of listening */
  onEvent(listener: (event: ChatEvent | 'changed') => void): () => void;
}

export interface OpenPageOptions {
  readonly webview: Webview;
  readonly source: PageSource;
  readonly acts: Partial<Acts>;
  readonly start: Start;
  /** Told of each message of the page, before it is acted on. */
  readonly used: (message: FromWebview) => void;
}

/** One page of the chat, as long as its webview lives. Its document may be made anew meanwhile: it says `ready` then. */
export class OpenPage implements Disposable {
  readonly #options: OpenPageOptions;
  readonly #outbox: Outbox;
  readonly #listening: readonly (() => unknown)[];
  /** Events that are for this page alone and that its snapshot does not contain. */
  #waiting: ChatEvent[] = [];
  #isReady = false;
  #isDisposed = false;
  /** How many events there were. */
  #heard = 0;

  constructor(options: OpenPageOptions) {
    this.#options = options;
    const { webview, source } = options;
    this.#outbox = new Outbox((message) => void webview.postMessage(message));
    const receiving = webview.onDidReceiveMessage((posted: unknown) => this.#receive(posted));
    this.#listening = [source.onEvent((event) => this.#hear(event)), () => receiving.dispose()];
  }

  /** Tells this page something that the chat's state does not contain, at the latest once it is there. */
  tell(event: ChatEvent): void {
    if (this.#isReady) this.#outbox.push(event);
    else this.#waiting.push(event);
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const end of this.#listening) end();
    this.#outbox.dispose();
  }

  #hear(event: ChatEvent | 'changed'): void {
    this.#heard++;
    if (event === 'changed') this.#options.start('The chat page', () => this.#snapshot());
    else this.#outbox.push(event);
  }

  #receive(posted: unknown): void {
    const message = parseFromWebview(posted);
    if (message === undefined) return;
    const { start, acts, used } = this.#options;
    used(message);
    if (message.type === 'ready') start('The chat page', () => this.#snapshot());
    else start('The chat page', async () => void (await act(acts, message)));
  }

  /** What happens between reading the state and having it is in neither: then it is read again. */
  async #snapshot(): Promise<void> {
    let heard: number;
    let state: ChatState;
    do {
      heard = this.#heard;
      // oxlint-disable-next-line no-await-in-loop -- Each time for a reason that came up during the one before.
      state = await this.#options.source.state();
    } while (heard !== this.#heard);
    if (this.#isDisposed) return;
    this.#outbox.snapshot(state);
    this.#isReady = true;
    for (const event of this.#waiting.splice(0)) this.#outbox.push(event);
  }
}
