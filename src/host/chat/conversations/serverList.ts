import { describe } from '../../../conversation/failure.ts';
import { getConversations, type Conversation } from '../../../dify/conversations.ts';
import { canChat, type App } from '../../app.ts';
import { sentenceOf } from '../../sentence.ts';
import { wordsFor } from '../../words.ts';
import type { ListPorts } from './ports.ts';

/** How long reading a page may take, in milliseconds. */
const patience = 30_000;

/** The server's list of an app's conversations, as far as it was read. */
export class ServerList {
  readonly app: App;
  readonly #ports: Pick<ListPorts, 'clients' | 'log'>;
  readonly #changed: () => void;
  #rows: readonly Conversation[] = [];
  #state: 'reading' | 'read' | 'failed' = 'reading';
  #problem = '';
  #hasMore = false;
  #reading: Promise<void> | undefined;

  /** @param changed called after something was read, or could not be */
  constructor(app: App, ports: Pick<ListPorts, 'clients' | 'log'>, changed: () => void) {
    this.app = app;
    this.#ports = ports;
    this.#changed = changed;
  }

  get rows(): readonly Conversation[] {
    return this.#rows;
  }

  get state(): 'reading' | 'read' | 'failed' {
    return this.#state;
  }

  /** Why it could not be read, in words; '' if it could. */
  get problem(): string {
    return this.#problem;
  }

  get hasMore(): boolean {
    return this.#hasMore;
  }

  /** Reads the first page anew; what was read of the others stays. */
  async refresh(): Promise<void> {
    await this.#read(undefined);
  }

  /** Reads the next page; the first one where there is none. */
  async more(): Promise<void> {
    const lastId = this.#rows.at(-1)?.id;
    if (lastId === undefined || !this.#hasMore) await this.refresh();
    else await this.#read(lastId);
  }

  /** The conversation has another name on the server now. */
  renamed(id: string, name: string): void {
    this.#rows = this.#rows.map((row) => (row.id === id ? { ...row, name } : row));
  }

  /** The conversation is gone from the server. */
  removed(id: string): void {
    this.#rows = this.#rows.filter((row) => row.id !== id);
  }

  /** One reading at a time: a second one waits for the first, which may be all that it wants. */
  async #read(lastId: string | undefined): Promise<void> {
    if (!canChat(this.app)) {
      // What is run has no conversations on the server.
      this.#state = 'read';
      return this.#changed();
    }
    this.#reading ??= this.#readPage(lastId).finally(() => (this.#reading = undefined));
    await this.#reading;
  }

  async #readPage(lastId: string | undefined): Promise<void> {
    const { clients, log } = this.#ports;
    this.#state = 'reading';
    this.#changed();
    try {
      const place = lastId === undefined ? {} : { lastId };
      const page = await getConversations(clients.of(this.app), place, AbortSignal.timeout(patience));
      this.#take(page.conversations, lastId !== undefined && !page.restarted);
      // Reading the first page anew says nothing of what follows those that were read already.
      if (lastId !== undefined || this.#rows.length <= page.conversations.length) this.#hasMore = page.hasMore;
      this.#problem = '';
      this.#state = 'read';
    } catch (error) {
      log.warn('Reading the list of conversations', error);
      this.#problem = sentenceOf(describe(error, wordsFor(this.app)));
      this.#state = 'failed';
    }
    this.#changed();
  }

  #take(page: readonly Conversation[], isNext: boolean): void {
    const news = new Set(page.map(({ id }) => id));
    const others = this.#rows.filter(({ id }) => !news.has(id));
    if (isNext) this.#rows = [...others, ...page];
    // What is not in a whole first page any more was deleted elsewhere, if it would be in it by its time.
    else this.#rows = [...page, ...others.filter((row) => row.updated_at < (page.at(-1)?.updated_at ?? Infinity))];
  }
}
