import type { AppFace } from '../../conversation/protocol.ts';
import { getParameters, type AppParameters } from '../../dify/app.ts';
import { hostOf, isUnencrypted, type App } from '../app.ts';
import type { Clients } from '../clients.ts';
import type { Log } from '../log.ts';

/** What apps look like, and what they ask for. Read live: the owner may change it any day. */
export class AppFaces {
  readonly #clients: Clients;
  readonly #log: Log;
  readonly #parameters = new Map<string, AppParameters>();

  constructor(clients: Clients, log: Log) {
    this.#clients = clients;
    this.#log = log;
  }

  /** The face as far as it is known. */
  of(app: App): AppFace {
    const parameters = this.#parameters.get(app.id);
    return {
      name: app.name,
      host: hostOf(app),
      description: app.description,
      emoji: app.emoji,
      openingStatement: parameters?.openingStatement ?? '',
      suggestedQuestions: parameters?.suggestedQuestions ?? [],
      unencrypted: isUnencrypted(app.baseUrl),
    };
  }

  /** Inputs with the owner's defaults: a chatbot does not apply them itself. */
  initialInputs(app: App): Readonly<Record<string, string>> {
    const form = this.#parameters.get(app.id)?.userInputForm ?? [];
    const filled = form.filter(({ initial }) => initial !== '');
    return Object.fromEntries(filled.map(({ variable, initial }) => [variable, initial]));
  }

  /** Reads the app's parameters; whether that worked. Without them the chat works too, so a failure is only logged. */
  async load(app: App): Promise<boolean> {
    try {
      this.#parameters.set(app.id, await getParameters(this.#clients.of(app), AbortSignal.timeout(60_000)));
      return true;
    } catch (error) {
      this.#log.error(`Reading the parameters of an app at ${app.baseUrl}`, error);
      return false;
    }
  }
}
