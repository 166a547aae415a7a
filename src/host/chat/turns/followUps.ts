import { EventEmitter, type Disposable } from 'vscode';
import type { Conversation } from '../../../conversation/conversation.ts';
import type { StateChange } from '../../../conversation/protocol.ts';
import { getSuggested } from '../../../dify/suggested.ts';
import type { App } from '../../app.ts';
import type { AppDetails } from '../../appDetails.ts';
import type { Clients } from '../../clients.ts';
import type { Log } from '../../log.ts';
import type { ChatPart } from '../part.ts';
import type { Happened, Talk } from '../talk.ts';

/** More than these nobody reads. */
const most = 3;

/** How long the model may take to think of questions, in milliseconds. */
const patience = 60_000;

interface FollowUpPorts {
  readonly talk: Talk;
  readonly clients: Pick<Clients, 'of'>;
  readonly details: Pick<AppDetails, 'knownParameters'>;
  readonly log: Log;
}

/**
 * Questions that the app suggests after its last answer. Asked for when an answer has ended well, and only then: a model makes them.
 * They are extra: an app that refuses says nothing to the person.
 */
export class FollowUps implements ChatPart, Disposable {
  readonly #ports: FollowUpPorts;
  readonly #changed = new EventEmitter<StateChange>();
  readonly onDidChange = this.#changed.event;
  readonly #listening: readonly Disposable[];
  /** By conversation, until something else is asked there. */
  readonly #known = new Map<string, readonly string[]>();
  /** By conversation: what is being asked for. */
  readonly #asking = new Map<string, AbortController>();
  /** Apps that refused. */
  readonly #refused = new Set<string>();

  constructor(ports: FollowUpPorts) {
    this.#ports = ports;
    const { talk } = ports;
    this.#listening = [talk.onDidHappen((event) => this.#heard(event)), talk.onDidShow(() => this.#tell())];
  }

  state(): StateChange {
    return { followUps: this.#known.get(this.#ports.talk.conversation?.key ?? '') ?? [] };
  }

  dispose(): void {
    for (const listening of this.#listening) listening.dispose();
    for (const asking of this.#asking.values()) asking.abort();
    this.#changed.dispose();
  }

  #heard({ appId, key, event }: Happened): void {
    if (event.type === 'asked') this.#forget(key);
    if (event.type !== 'run' || event.event.type !== 'answered') return;
    const { app, conversation } = this.#ports.talk;
    // Of a conversation that nobody looks at nobody wants suggestions, and they cost something.
    if (app?.id !== appId || conversation?.key !== key) return;
    const messageId = answerAt(conversation, event.key);
    if (messageId !== undefined) void this.#ask(app, key, messageId);
  }

  async #ask(app: App, key: string, messageId: string): Promise<void> {
    const { clients, details, log } = this.#ports;
    if (details.knownParameters(app)?.suggestedQuestionsAfterAnswer !== true) return;
    const asking = new AbortController();
    this.#asking.set(key, asking);
    try {
      const signal = AbortSignal.any([asking.signal, AbortSignal.timeout(patience)]);
      const questions = await getSuggested(clients.of(app), messageId, signal);
      if (asking.signal.aborted || questions.length === 0) return;
      this.#known.set(key, [...new Set(questions)].slice(0, most));
      this.#tell();
    } catch (error) {
      if (asking.signal.aborted || this.#refused.has(app.id)) return;
      this.#refused.add(app.id);
      log.warn('Asking for follow-up questions', error);
    } finally {
      if (this.#asking.get(key) === asking) this.#asking.delete(key);
    }
  }

  /** Something else was asked: what was suggested does not follow any more. */
  #forget(key: string): void {
    this.#asking.get(key)?.abort();
    if (this.#known.delete(key)) this.#tell();
  }

  #tell(): void {
    this.#changed.fire(this.state());
  }
}

/** Dify's id of the answer, if it is the last one and says something. */
function answerAt({ messages }: Conversation, key: string): string | undefined {
  const last = messages.at(-1);
  return last?.key === key && last.run.text !== '' ? last.run.messageId : undefined;
}
