import type { AppFace } from '../../conversation/appFace.ts';
import type { AppParameters, AppSite } from '../../dify/app.ts';
import { hostOf, isDemo, isUnencrypted, type App } from '../app.ts';
import type { AppDetails } from '../appDetails.ts';
import { t } from '../words.ts';
import { takesInWords, takesOf } from './uploads/takes.ts';

/** How long reading the parameters may take, in milliseconds: a question waits for them. */
const patience = 10_000;

/** What apps look like in the chat, and what they are asked with. */
export class AppFaces {
  readonly #details: AppDetails;

  constructor(details: AppDetails) {
    this.#details = details;
  }

  /** The face as far as it is known. */
  of(app: App): AppFace {
    const parameters = this.#details.knownParameters(app);
    return {
      id: app.id,
      name: app.name,
      mode: app.mode,
      host: isDemo(app) ? t('demo') : hostOf(app),
      description: app.description,
      icon: this.#details.icon(app),
      emoji: app.emoji,
      ...featuresOf(parameters),
      hears: parameters?.speechToText ?? false,
      takesFiles: takesInWords(takesOf(app, parameters)),
      ...noticesOf(this.#details.knownSite(app)),
      toolIcons: this.#details.toolIcons(app),
      unencrypted: isUnencrypted(app.baseUrl),
      pinnedVersion: app.pinnedVersion ?? '',
    };
  }

  /** Inputs with the owner's defaults: a chatbot does not apply them itself. Without an answer of the server there are none. */
  async initialInputs(app: App): Promise<Readonly<Record<string, string>>> {
    const signal = AbortSignal.timeout(patience);
    const known = this.#details.knownParameters(app) !== undefined;
    if (!known) await this.#details.parameters(app, signal).catch(logged);
    const form = this.#details.knownParameters(app)?.userInputForm ?? [];
    const filled = form.filter(({ initial }) => initial !== '');
    return Object.fromEntries(filled.map(({ variable, initial }) => [variable, initial]));
  }

  /** Reads what is not known, or stale. */
  async load(app: App): Promise<void> {
    const signal = AbortSignal.timeout(patience);
    // The chat works without them too, and a failure was logged where they were read.
    await Promise.allSettled([this.#details.parameters(app, signal), this.#details.site(app, signal)]);
  }
}

function featuresOf(
  parameters: AppParameters | undefined,
): Pick<AppFace, 'openingStatement' | 'suggestedQuestions' | 'form' | 'speech'> {
  if (parameters === undefined) return { openingStatement: '', suggestedQuestions: [], form: [], speech: 'off' };
  const { openingStatement, suggestedQuestions, userInputForm: form, textToSpeech } = parameters;
  const spoken = textToSpeech.autoPlay ? 'always' : 'onRequest';
  return { openingStatement, suggestedQuestions, form, speech: textToSpeech.enabled ? spoken : 'off' };
}

function noticesOf(site: AppSite | undefined): Pick<AppFace, 'disclaimer' | 'privacyPolicy' | 'showsSteps'> {
  const { customDisclaimer: disclaimer = '', privacyPolicy = '', showWorkflowSteps: showsSteps = true } = site ?? {};
  return { disclaimer, privacyPolicy, showsSteps };
}

/** The failure of a reading is logged where it was read. */
function logged(): void {}
