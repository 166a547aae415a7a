import type { AppFace } from '../../conversation/protocol.ts';
import { getParameters, type AppParameters } from '../../dify/app.ts';
import { hostOf, isUnencrypted, type App } from '../app.ts';
import type { Clients } from '../clients.ts';
import type { Log } from '../log.ts';

/** How long reading the parameters may take, in milliseconds: a question waits for them. */
const patience = 10_000;

/** What apps look like, and what they ask for. Read live: the owner may change it any day. */
export class AppFaces {
  readonly #clients: Clients;
  readonly #log: Log;
  readonly #parameters = new Map<string, AppParameters>();
  readonly #loading = new Map<string, Promise<void>>();

  constructor(clients: Clients, log: Log) {
    this.#clients = clients;
    this.#log = log;
  }

  /** The face as far as it is known. */
  of(app: App): AppFace {
    const parameters = this.#parameters.get(app.id);
    return {
      id: app.id,
      name: app.name,
      host: hostOf(app),
      description: app.description,
      emoji: app.emoji,
      openingStatement: parameters?.openingStatement ?? '',
      suggestedQuestions: parameters?.suggestedQuestions ?? [],
      unencrypted: isUnencrypted(app.baseUrl),
    };
  }

  /** Inputs with the owner's defaults: a chatbot does not apply them itself. Without an answer of the server there are none. */
  async initialInputs(app: App): Promise<Readonly<Record<string, string>>> {
    if (!this.#parameters.has(app.id)) await (this.#loading.get(app.id) ?? this.load(app));
    const form = this.#parameters.get(app.id)?.userInputForm ?? [];
    const filled = form.filter(({ initial }) => initial !== '');
    return Object.fromEntries(filled.map(({ variable, initial }) => [variable, initial]));
  }

  /** Reads the app's parameters anew. The chat works without them too, so a failure is only logged. */
  async load(app: App): Promise<void> {
    const loading = this.#load(app);
    this.#loading.set(app.id, loading);
    await loading;
  }

  async #load(app: App): Promise<void> {
    try {
      this.#parameters.set(app.id, await getParameters(this.#clients.of(app), AbortSignal.timeout(patience)));
    } catch (error) {
      this.#log.error(`Reading the parameters of an app at ${app.baseUrl}`, error);
    }
  }
}
