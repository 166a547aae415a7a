import type { Disposable } from 'vscode';
import type { Conversation } from '../../../conversation/conversation.ts';
import { deleteConversation } from '../../../dify/conversations.ts';
import type { App } from '../../app.ts';
import type { ListPorts } from './ports.ts';

/** How long a deletion can be taken back, in milliseconds. */
export const undoTime = 10_000;

/** How long the server may take, in milliseconds. */
const patience = 30_000;

/** A conversation that is to be deleted. */
export interface Doomed {
  readonly app: App;
  readonly key: string;
  /** Dify's; `undefined` if the server never had it. */
  readonly id: string | undefined;
  readonly title: string;
  /** As it is here, where it is. */
  readonly conversation: Conversation | undefined;
}

interface Pending extends Doomed {
  readonly wasShown: boolean;
  readonly timer: Disposable;
}

/** Tells what became of a deletion. */
export interface DeletionListener {
  readonly changed: () => void;
  readonly deleted: (doomed: Doomed) => void;
  readonly failed: (doomed: Doomed, error: unknown) => void;
}

/** Deletes conversations after a while in which it can be undone. Until then nothing is deleted anywhere, also if the window closes. */
export class Deletion implements Disposable {
  readonly #ports: Pick<ListPorts, 'talk' | 'clients' | 'kept' | 'later'>;
  readonly #listener: DeletionListener;
  /** Not to be seen: deleted, or about to be. */
  readonly #hidden = new Set<string>();
  #pending: Pending | undefined;

  constructor(ports: Pick<ListPorts, 'talk' | 'clients' | 'kept' | 'later'>, listener: DeletionListener) {
    this.#ports = ports;
    this.#listener = listener;
  }

  /** What can still be had back. */
  get current(): { readonly key: string; readonly title: string } | undefined {
    return this.#pending === undefined ? undefined : { key: this.#pending.key, title: this.#pending.title };
  }

  hides(appId: string, key: string): boolean {
    return this.#hidden.has(placeOf(appId, key));
  }

  /** Takes the conversation out of sight, stopping what it answers. One that could still be undone is deleted now. */
  async begin(doomed: Doomed): Promise<void> {
    const { app, key } = doomed;
    if (this.hides(app.id, key)) return;
    const { talk, later } = this.#ports;
    this.#settle();
    const wasShown = talk.app?.id === app.id && talk.conversation?.key === key;
    const timer = later(() => this.#settle(), undoTime);
    this.#pending = { ...doomed, wasShown, timer };
    this.#hidden.add(placeOf(app.id, key));
    this.#listener.changed();
    await talk.leave(app.id, key);
  }

  async undo(): Promise<void> {
    const pending = this.#pending;
    if (pending === undefined) return;
    pending.timer.dispose();
    this.#pending = undefined;
    const { app, key, conversation, wasShown } = pending;
    this.#hidden.delete(placeOf(app.id, key));
    this.#listener.changed();
    if (wasShown && conversation !== undefined) await this.#ports.talk.openConversation(app, conversation);
  }

  dispose(): void {
    this.#pending?.timer.dispose();
  }

  #settle(): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    pending.timer.dispose();
    this.#pending = undefined;
    void this.#delete(pending);
    this.#listener.changed();
  }

  /** The server first: where it does not answer, the copy is not lost. */
  async #delete(doomed: Doomed): Promise<void> {
    const { app, key, id } = doomed;
    const { clients, kept, talk } = this.#ports;
    try {
      if (id !== undefined) await deleteConversation(clients.of(app), id, AbortSignal.timeout(patience));
      await talk.drop(app.id, key);
      await kept.remove(app.id, key);
      this.#listener.deleted(doomed);
    } catch (error) {
      this.#hidden.delete(placeOf(app.id, key));
      this.#listener.failed(doomed, error);
    }
  }
}

function placeOf(appId: string, key: string): string {
  return `${appId} ${key}`;
}
