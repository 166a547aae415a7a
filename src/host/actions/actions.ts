import { env, ProgressLocation, window, type Disposable, type Memento } from 'vscode';
import { ask } from '../../conversation/ask.ts';
import { describe, type Failure, type Repair } from '../../conversation/failure.ts';
import { complete } from '../../dify/completion.ts';
import { DifyError } from '../../dify/errors.ts';
import { isDemo, type App } from '../app.ts';
import type { AppDetails } from '../appDetails.ts';
import type { Apps } from '../apps.ts';
import { withAbortSignal } from '../cancellation.ts';
import type { Clients } from '../clients.ts';
import type { ConversationFiles } from '../conversationFiles.ts';
import { notify, type Start } from '../commands.ts';
import { Memory } from '../memory.ts';
import { t, wordsFor } from '../words.ts';
import { AppChoice } from './appChoice.ts';
import { askInputs } from './askInputs.ts';
import type { Recipe } from './recipes.ts';
import { Results, type ResultView } from './results.ts';
import { openSample } from './sample.ts';
import { readSource, type Source } from './source.ts';

/** What the actions need. */
export interface ActionPorts {
  readonly apps: Apps;
  readonly clients: Clients;
  readonly details: AppDetails;
  readonly everywhere: Memento;
  readonly files: ConversationFiles;
  /** Leads to a connected app; `undefined` if the person gives up. */
  readonly connect: () => Promise<App | undefined>;
  /** Does with the person what the remedy says; `undefined` if they give up. */
  readonly repair: (app: App, remedy: Repair) => Promise<App | undefined>;
  readonly start: Start;
}

/** What was chosen last time in the demo. */
const demoMemory = new Memory();

/** A run that is ready to be sent. */
interface Prepared {
  readonly recipe: Recipe;
  readonly source: Source;
  readonly app: App;
  readonly inputs: Readonly<Record<string, string>>;
}

/** The commands of recipes and results. Loaded with the first of them that is run. */
export class Actions implements Disposable {
  readonly #ports: ActionPorts;
  readonly #results: Results;
  readonly #choice: AppChoice;

  constructor(ports: ActionPorts) {
    this.#ports = ports;
    this.#results = new Results(ports.files);
    this.#choice = new AppChoice(ports);
  }

  async run(recipe: Recipe): Promise<void> {
    await runRecipe(recipe, this.#ports, this.#choice, this.#results);
  }

  async chooseApp(): Promise<void> {
    await this.#choice.chooseAgain();
  }

  async openResult(): Promise<void> {
    await this.#results.openEarlier();
  }

  async trySample(): Promise<void> {
    await openSample();
  }

  stop(uri: unknown): void {
    this.#results.stop(uri);
  }

  async copyResult(uri: unknown): Promise<void> {
    const text = this.#results.textOf(uri);
    if (text !== undefined) await env.clipboard.writeText(text);
  }

  dispose(): void {
    this.#results.dispose();
  }
}

async function runRecipe(recipe: Recipe, ports: ActionPorts, choice: AppChoice, results: Results): Promise<void> {
  // Read first: what follows may take the focus, and the selection is what the person meant.
  const source = await readSource();
  if (source !== undefined) await runOn(source, recipe, ports, { choice, results });
}

async function runOn(
  source: Source,
  recipe: Recipe,
  ports: ActionPorts,
  shown: { readonly choice: AppChoice; readonly results: Results },
): Promise<void> {
  const bound = ports.apps.boundTo(recipe.id);
  try {
    const prepared = await prepare(source, recipe, ports, shown.choice);
    if (prepared !== undefined) await runPrepared(prepared, ports, shown.results);
  } catch (error) {
    if (bound === undefined || !(error instanceof DifyError)) throw error;
    const again = (): Promise<void> => runOn(source, recipe, ports, shown);
    ports.start('Running an action again', () => tell(describe(error, wordsFor(bound)), bound, ports.repair, again));
  }
}

/** Finds the app and asks for what the selection does not say; `undefined` if the person gives up. */
async function prepare(
  source: Source,
  recipe: Recipe,
  ports: ActionPorts,
  choice: AppChoice,
): Promise<Prepared | undefined> {
  const chosen = await choice.appFor(recipe);
  if (chosen === undefined) return undefined;
  const { app, mapping } = chosen;
  const limit = mapping.text.maxLength;
  const text = source.parts.map((part) => part.text).join('\n\n');
  if (limit !== undefined && text.length > limit) {
    const words = { n: text.length, limit, app: app.name };
    void window.showWarningMessage(t('The text has {n} characters; {app} takes {limit}. Select less.', words));
    return undefined;
  }
  const inputs = await askInputs(app, mapping, text, isDemo(app) ? demoMemory : ports.everywhere);
  return inputs === undefined ? undefined : { recipe, source, app, inputs };
}

/** Runs, shows the answer as it comes, and offers what helps where it fails. */
async function runPrepared(prepared: Prepared, ports: ActionPorts, results: Results): Promise<void> {
  const { recipe, source, app } = prepared;
  const title = recipe.progress(source.file, app.name);
  await window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (_, token) =>
    withAbortSignal(token, async (cancelled) => {
      const stopping = new AbortController();
      const about = [app.name, source.place].join(' · ');
      const view = await results.open(recipe.resultTitle(source.file), about, () => stopping.abort(), !isDemo(app));
      await stream(prepared, view, ports.clients, AbortSignal.any([cancelled, stopping.signal]));
      const { status } = view.run;
      if (status.type !== 'failed') return;
      const again = (current: App): Promise<void> => runPrepared({ ...prepared, app: current }, ports, results);
      ports.start('Running an action again', () => tell(status.failure, app, ports.repair, again));
    }),
  );
}

async function stream(
  { app, inputs }: Prepared,
  view: ResultView,
  clients: Clients,
  signal: AbortSignal,
): Promise<void> {
  for await (const event of ask(complete(clients.of(app), { inputs }, signal), wordsFor(app))) view.apply(event);
}

/** Shows the failure with the buttons that help against it; the work goes on with the app as it is then. */
async function tell(
  failure: Failure,
  app: App,
  repair: ActionPorts['repair'],
  again: (app: App) => Promise<void>,
): Promise<void> {
  const repaired = (remedy: Repair) => async (): Promise<void> => {
    const current = await repair(app, remedy);
    if (current !== undefined) await again(current);
  };
  const retry = { [t('Retry')]: () => again(app) };
  const buttons: Record<Failure['remedy'], Record<string, () => Promise<void>>> = {
    enterKey: { [t('Enter API Key')]: repaired('enterKey') },
    editAddress: { [t('Edit Address')]: repaired('editAddress'), ...retry },
    addCertificate: { [t('Choose CA File…')]: repaired('addCertificate'), ...retry },
    openProxySettings: { [t('Open Proxy Settings')]: repaired('openProxySettings'), ...retry },
    useDirect: { [t('Use the Direct Transport')]: repaired('useDirect'), ...retry },
    retry,
    newConversation: {},
    none: {},
  };
  await notify(failure, buttons[failure.remedy]);
}
