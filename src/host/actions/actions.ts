import { commands, window, type Disposable, type Memento } from 'vscode';
import type { Recipe } from '../../conversation/recipe.ts';
import type { Repair } from '../../conversation/failure.ts';
import type { Answered } from '../activity.ts';
import type { App } from '../app.ts';
import type { AppDetails } from '../appDetails.ts';
import type { Apps } from '../apps.ts';
import type { Start } from '../commands.ts';
import type { Clients } from '../clients.ts';
import type { Health } from '../health.ts';
import type { Life } from '../life.ts';
import type { Log } from '../log.ts';
import { Memory } from '../memory.ts';
import type { ResultFiles } from '../resultFiles.ts';
import type { Running } from '../running.ts';
import { t } from '../words.ts';
import { AppChoice, type Chosen } from './apps/appChoice.ts';
import type { Edits } from '../edits/edits.ts';
import { allRecipes, recipesNow } from './recipes/ownRecipes.ts';
import { perform, type Asked, type Choice } from './perform.ts';
import { readFiles } from '../source/readFiles.ts';
import { readSource } from '../source/readSource.ts';
import { RecipeFlow } from './recipes/recipeFlow.ts';
import { askRecipe, noteUse } from './recipes/recipeList.ts';
import { resultPorts } from './resultPorts.ts';
import { Results } from './results/results.ts';
import { runAnyApp } from './runAnyApp.ts';
import { openSample } from '../source/sample.ts';
import type { Source } from '../source/source.ts';

/** What the actions need. */
export interface ActionPorts {
  readonly apps: Apps;
  readonly clients: Clients;
  readonly details: AppDetails;
  readonly health: Pick<Health, 'of'>;
  readonly everywhere: Memento;
  readonly results: ResultFiles;
  /** Leads to a connected app; `undefined` if the person gives up. */
  readonly connect: () => Promise<App | undefined>;
  /** Does with the person what the remedy says; `undefined` if they give up. */
  readonly repair: (app: App, remedy: Repair) => Promise<App | undefined>;
  readonly continueInChat: (answered: Answered) => Promise<void>;
  readonly running: Running;
  readonly start: Start;
  readonly life: Life;
  readonly log: Pick<Log, 'info'>;
}

/** What says which app serves a recipe. */
type Serving = Pick<AppChoice, 'appFor' | 'boundTo'>;

/** The commands of recipes and results. Loaded with the first of them that is run. */
export class Actions implements Disposable {
  readonly edits: Edits;
  readonly results: Results;
  readonly #ports: ActionPorts;
  readonly #choice: AppChoice;
  readonly #flow: RecipeFlow;
  /** What was chosen last time in the demo. */
  readonly #demoMemory = new Memory();
  #told = '';

  constructor(ports: ActionPorts, edits: Edits) {
    this.#ports = ports;
    this.edits = edits;
    this.results = new Results(resultPorts(ports, this.edits, () => this.#memory));
    ports.running.follow(this.results);
    this.#choice = new AppChoice(ports);
    const tryOut = (recipe: Recipe, app: App): Promise<void> =>
      this.#runOn(recipe, undefined, this.#choice.withApp(app));
    this.#flow = new RecipeFlow({ apps: ports.apps, choice: this.#choice, tryOut });
  }

  /** @param id of a recipe, as it is now @param where what VS Code, or a code action, gave to the command */
  async run(id: string, where: unknown): Promise<void> {
    this.#tellProblems();
    const recipe = allRecipes().find((each) => each.id === id);
    if (recipe !== undefined) await this.#runOn(recipe, where, this.#choice);
  }

  /** Any of the recipes, chosen from a list. @param where as in {@link run} */
  async runRecipe(where: unknown): Promise<void> {
    this.#tellProblems();
    const chosen = await askRecipe(this.#choice, this.#memory);
    if (chosen?.type === 'run') await this.#runOn(chosen.recipe, where, this.#choice);
    if (chosen?.type === 'change') await this.#flow.change(chosen.recipe);
    if (chosen?.type === 'new') await this.#flow.create();
  }

  async newRecipe(): Promise<void> {
    await this.#flow.create();
  }

  /** @param where as in {@link run} */
  async runApp(where: unknown): Promise<void> {
    const source = await readSource(where);
    if (source !== undefined) await this.#runAnyApp([source]);
  }

  /** @param clicked see {@link readFiles} */
  async runAppOnFile(clicked: unknown, selected: unknown): Promise<void> {
    const sources = await readFiles(clicked, selected);
    if (sources !== undefined) await this.#runAnyApp(sources);
  }

  async chooseApp(): Promise<void> {
    await this.#choice.chooseAgain();
  }

  async trySample(): Promise<void> {
    await openSample();
  }

  dispose(): void {
    this.results.dispose();
  }

  async #runOn(recipe: Recipe, where: unknown, choice: Serving): Promise<void> {
    // Read first: what follows may take the focus, and the selection is what the person meant.
    const source = await readSource(where);
    if (source === undefined) return;
    const withRecipe = (chosen: Chosen | undefined): Choice =>
      chosen === undefined ? undefined : { ...chosen, recipe };
    await this.#perform({
      title: recipe.title,
      sources: [source],
      app: () => choice.boundTo(recipe),
      choose: async () => {
        await noteUse(recipe, this.#memory);
        return withRecipe(await choice.appFor(recipe));
      },
      chooseAnother: async () => withRecipe(await this.#choice.pickApp(recipe)),
    });
  }

  async #runAnyApp(sources: readonly Source[]): Promise<void> {
    await this.#perform({ ...runAnyApp({ ...this.#ports, choice: this.#choice }), sources });
  }

  async #perform(asked: Asked): Promise<void> {
    await perform(asked, {
      ...this.#ports,
      demoMemory: this.#demoMemory,
      follow: (source, title) => this.edits.follow(source, title),
      run: (job, followed) => this.results.run(job, followed),
    });
  }

  get #memory(): Memento {
    return this.#ports.apps.inDemo ? this.#demoMemory : this.#ports.everywhere;
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
      const reveal = { revealSetting: { key: 'difyCompanion.recipes' } };
      if (pressed === open) {
        await commands.executeCommand('workbench.action.openApplicationSettingsJson', reveal);
      }
    });
  }
}
