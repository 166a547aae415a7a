import { ownPath, placeOf } from '../../../conversation/answerFile.ts';
import type { Conversation, Message } from '../../../conversation/conversation.ts';
import type { Download } from '../../../dify/client.ts';
import { DifyError } from '../../../dify/errors.ts';
import { downloadFile } from '../../../dify/files.ts';
import type { DifyFile } from '../../../dify/metadata.ts';
import { hostOf, type App } from '../../app.ts';
import type { Clients } from '../../clients.ts';
import { freshLinks } from './freshLinks.ts';

/** A file that somebody wants, and whose it is. */
export interface Wanted {
  readonly app: App;
  readonly conversation: Conversation;
  readonly message: Message;
  /** `undefined` for a picture that only the text of the answer names. */
  readonly file: DifyFile | undefined;
  readonly address: string;
}

/** Gets files of answers, by links that Dify signs for five minutes: one that does not work any more is asked for anew, once. */
export class Downloads {
  readonly #clients: Pick<Clients, 'of'>;
  /** Links that were read since, by place. */
  readonly #fresh = new Map<string, string>();

  constructor(clients: Pick<Clients, 'of'>) {
    this.#clients = clients;
  }

  /** @param limit most bytes that are taken @throws {DifyError} `notFound` where no link works */
  async get(wanted: Wanted, signal: AbortSignal, limit?: number): Promise<Download> {
    const address = this.#fresh.get(placeOf(wanted.address)) ?? wanted.address;
    try {
      return await this.#read({ ...wanted, address }, signal, limit);
    } catch (error) {
      if (!isExpired(error)) throw error;
      const fresh = await this.refresh(wanted, signal);
      if (fresh === undefined || fresh === address) throw error;
      return await this.#read({ ...wanted, address: fresh }, signal, limit);
    }
  }

  /** The link that works now; `undefined` where the server has none. */
  async refresh({ app, conversation, message, address }: Wanted, signal: AbortSignal): Promise<string | undefined> {
    for (const [place, link] of await freshLinks(this.#clients.of(app), conversation, message, signal)) {
      this.#fresh.set(place, link);
    }
    return this.#fresh.get(placeOf(address));
  }

  /** Another conversation is shown. */
  forget(): void {
    this.#fresh.clear();
  }

  async #read({ app, file, address }: Wanted, signal: AbortSignal, limit: number | undefined): Promise<Download> {
    const client = this.#clients.of(app);
    const own = ownPath(address, hostOf(app));
    if (file !== undefined) {
      // Of what is not Dify's, its own server has nothing.
      if (own === undefined) return await client.downloadFrom(address, signal, limit);
      return await downloadFile(client, address, signal, limit);
    }
    // Of what only the text names, nothing is fetched from elsewhere.
    if (own === undefined) throw new DifyError('notFound', 'The picture is elsewhere now');
    return await client.downloadFrom(own, signal, limit);
  }
}

/** Dify says 404 where a signature is too old, and 403 as documented; what stands before it may say so in its own words. */
export function isExpired(error: unknown): boolean {
  return error instanceof DifyError && (error.kind === 'notFound' || [403, 404, 410].includes(error.status ?? 0));
}
