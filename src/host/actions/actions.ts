import { commands, env, ProgressLocation, window, type Disposable, type Memento } from 'vscode';
import { ask } from '../../conversation/ask.ts';
import { describe, type Failure, type Repair } from '../../conversation/failure.ts';
import { fillMapping } from '../../conversation/inputMapping.ts';
import type { Recipe, Variable } from '../../conversation/recipe.ts';
import { DifyError } from '../../dify/errors.ts';
import type { Fields } from '../../dify/json.ts';
import { isDemo, type App } from '../app.ts';
import type { AppDetails } from '../appDetails.ts';
import type { Apps } from '../apps.ts';
import { withAbortSignal } from '../cancellation.ts';
import type { Clients } from '../clients.ts';
import type { ConversationFiles } from '../conversationFiles.ts';
import { notify, type Start } from '../commands.ts';
import type { Log } from '../log.ts';
import { Memory } from '../memory.ts';
import { t, wordsFor } from '../words.ts';
import { AppChoice } from './appChoice.ts';
import { askInputs } from './askInputs.ts';
import { allRecipes, recipesNow } from './ownRecipes.ts';
import { RecipeFlow } from './recipeFlow.ts';
import { askRecipe, noteUse } from './recipeList.ts';
import { Results, type ResultView } from './results.ts';
import { openSample } from './sample.ts';
import { runAction } from './runAction.ts';
import { readSource, type Source } from './source.ts';
import { withLanguage } from './targetLanguage.ts';

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
  readonly log: Pick<Log, 'info'>;
}

/** What says which app serves a recipe. */
type Serving = Pick<AppChoice, 'appFor' | 'boundTo'>;

/** What was chosen last time in the demo. */
const demoMemory = new Memory();

/** A run that is ready to be sent. */
interface Prepared {
  readonly recipe: Recipe;
  readonly source: Source;
  readonly app: App;
  readonly inputs: Fields;
  readonly query: string;
}

/** The commands of recipes and results. Loaded with the first of them that is run. */
export class Actions implements Disposable {
  readonly #ports: ActionPorts;
  readonly #results: Results;
  readonly #choice: AppChoice;
  readonly #flow: RecipeFlow;
  #told = '';

  constructor(ports: ActionPorts) {
    this.#ports = ports;
    this.#results = new Results(ports.files);
    this.#choice = new AppChoice(ports);
    const tryOut = (recipe: Recipe, app: App | undefined): Promise<void> => this.#tryOut(recipe, app);
    this.#flow = new RecipeFlow({ apps: ports.apps, choice: this.#choice, tryOut });
  }

  /** @param id of a recipe, as it is now */
  async run(id: string): Promise<void> {
    this.#tellProblems();
    const recipe = allRecipes().find((each) => each.id === id);
    if (recipe !== undefined) await this.#runOnSelection(recipe);
  }

  /** Any of the recipes, chosen from a list. */
  async runRecipe(): Promise<void> {
    this.#tellProblems();
    const chosen = await askRecipe(this.#choice, this.#memory);
    if (chosen?.type === 'run') await this.#runOnSelection(chosen.recipe);
    if (chosen?.type === 'change') await this.#flow.change(chosen.recipe);
    if (chosen?.type === 'new') await this.#flow.create();
  }

  async newRecipe(): Promise<void> {
    await this.#flow.create();
  }

  async #runOnSelection(recipe: Recipe): Promise<void> {
    // Read first: what follows may take the focus, and the selection is what the person meant.
    const source = await readSource();
    if (source === undefined) return;
    await noteUse(recipe, this.#memory);
    await runOn(source, recipe, this.#ports, { choice: this.#choice, results: this.#results });
  }

  /** Runs a recipe that is not saved yet. */
  async #tryOut(recipe: Recipe, app: App | undefined): Promise<void> {
    const source = await readSource();
    if (source === undefined) return;
    const trial: Serving = app === undefined ? this.#choice : this.#choice.withApp(app);
    await runOn(source, recipe, this.#ports, { choice: trial, results: this.#results });
  }

  /** What is wrong with the setting is told once, and again when it was changed. */
  #tellProblems(): void {
    const { problems } = recipesNow();
    const told = problems.join('\n');
    if (told === this.#told) return;
    this.#told = told;
    if (told === '') return;
    const open = t('Open Settings');
    this.#ports.start('Telling what is wrong with the recipes', async () => {
      const sentence = t('Some recipes in the settings cannot be used. {problems}', { problems: problems.join(' ') });
      const pressed = await window.showWarningMessage(sentence, open);
      if (pressed === open)
        await commands.executeCommand('workbench.action.openApplicationSettingsJson', {
          revealSetting: { key: 'difyCompanion.recipes' },
        });
    });
  }

  get #memory(): Memento {
    return this.#ports.apps.inDemo ? demoMemory : this.#ports.everywhere;
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

async function runOn(
  source: Source,
  recipe: Recipe,
  ports: ActionPorts,
  shown: { readonly choice: Serving; readonly results: Results },
): Promise<void> {
  const bound = shown.choice.boundTo(recipe);
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
  choice: Serving,
): Promise<Prepared | undefined> {
  const chosen = await choice.appFor(recipe);
  if (chosen === undefined) return undefined;
  const { app, form, mapping } = chosen;
  const remembered = isDemo(app) ? demoMemory : ports.everywhere;
  const spoken = await withLanguage(recipe, mapping, form, remembered);
  if (spoken === undefined) return undefined;
  const filled = fillMapping(spoken, mapping, form, valuesOf(source, spoken));
  const tooLong = form.find(({ variable, maxLength = Infinity }) => (filled.inputs[variable]?.length ?? 0) > maxLength);
  if (tooLong !== undefined) {
    const [n, limit] = [filled.inputs[tooLong.variable]?.length ?? 0, tooLong.maxLength ?? 0];
    const told = t('The text has {n} characters; {app} takes {limit}. Select less.', { n, limit, app: app.name });
    void window.showWarningMessage(told);
    return undefined;
  }
  const inputs = await askInputs(app, form, filled.inputs, remembered);
  return inputs === undefined ? undefined : { recipe: spoken, source, app, inputs, query: filled.query };
}

function valuesOf(source: Source, { targetLanguage = '' }: Recipe): Partial<Record<Variable, string>> {
  return {
    selectedText: source.parts.map((part) => part.text).join('\n\n'),
    fileBasename: source.file,
    relativeFile: source.place.replace(/:[\d-]+$/, ''),
    languageId: source.languageId,
    targetLanguage,
  };
}

/** Runs, shows the answer as it comes, and offers what helps where it fails. */
async function runPrepared(prepared: Prepared, ports: ActionPorts, results: Results): Promise<void> {
  const { recipe, source, app } = prepared;
  const title = [recipe.title, source.file, app.name].join(' · ');
  await window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (_, token) =>
    withAbortSignal(token, async (cancelled) => {
      const stopping = new AbortController();
      const about = [app.name, source.place].join(' · ');
      const view = await results.open(
        recipe.resultTitle.replace('{file}', () => source.file),
        about,
        () => stopping.abort(),
        !isDemo(app),
      );
      await stream(prepared, view, ports.clients, AbortSignal.any([cancelled, stopping.signal]));
      const { status } = view.run;
      if (status.type !== 'failed') return;
      const again = (current: App): Promise<void> => runPrepared({ ...prepared, app: current }, ports, results);
      ports.start('Running an action again', () => tell(status.failure, app, ports.repair, again));
    }),
  );
}

async function stream(
  { app, inputs, query }: Prepared,
  view: ResultView,
  clients: Clients,
  signal: AbortSignal,
): Promise<void> {
  const turn = runAction(clients.of(app), app, { inputs, query, files: [] }, signal);
  for await (const event of ask(turn, wordsFor(app))) view.apply(event);
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
