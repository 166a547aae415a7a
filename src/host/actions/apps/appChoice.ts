import { ProgressLocation, ThemeIcon, window } from 'vscode';
import { describe } from '../../../conversation/failure.ts';
import { formOf, proposeMapping, takesText, type Mapping } from '../../../conversation/inputMapping.ts';
import type { Recipe } from '../../../conversation/recipe.ts';
import type { InputControl } from '../../../dify/inputForm.ts';
import { canChat, hostOf, type App } from '../../app.ts';
import { notify } from '../../commands.ts';
import { askChoice } from '../../quickPick.ts';
import { t, wordsFor } from '../../words.ts';
import type { ActionPorts } from '../actions.ts';
import { fitOf, takesInstruction, type Fit } from './appFit.ts';
import { fitsActions } from './fits.ts';
import { editMapping } from '../recipes/mappingEditor.ts';
import { mappingWords } from '../recipes/mappingWords.ts';
import { allRecipes, saveRecipe } from '../recipes/ownRecipes.ts';

/** How long the list of apps waits for their forms, in milliseconds. */
const patience = 4000;

/** An app for a recipe, its form as it is now, and what goes where. */
export interface Chosen {
  readonly app: App;
  readonly form: readonly InputControl[];
  readonly mapping: Mapping;
}

/** What became of the question which app it is to be. */
interface Picked extends Chosen {
  /** The recipe's own templates, as the person may just have changed them. */
  readonly inputs: Recipe['inputs'];
  /** Whether the person saw what goes where. */
  readonly seen: boolean;
}

interface Candidate {
  readonly chosen: Chosen;
  readonly fit: Fit;
}

type ChoicePorts = Pick<ActionPorts, 'apps' | 'details' | 'connect' | 'start' | 'log'>;

/** Which app serves a recipe: the one bound to it, else one that the person picks, who is told how each fits. */
export class AppChoice {
  readonly #ports: ChoicePorts;

  constructor(ports: ChoicePorts) {
    this.#ports = ports;
  }

  /**
   * The app that serves the recipe, or the one that becomes bound to it; `undefined` if the person gives up.
   *
   * @throws {DifyError} if the form of the bound app cannot be read
   */
  async appFor(recipe: Recipe): Promise<Chosen | undefined> {
    const bound = this.boundTo(recipe);
    if (bound !== undefined) {
      const chosen = await this.chosen(recipe, bound);
      if (isUsable(recipe, chosen)) return chosen;
      void window.showWarningMessage(t('The form of {app} has no field for the text any more.', { app: bound.name }));
    } else if (recipe.app !== undefined && !this.#ports.apps.inDemo) {
      void window.showWarningMessage(t('There is no app called {app} here.', { app: recipe.app }));
    }
    const connected = this.#candidates().length === 0 ? await this.#ports.connect() : undefined;
    if (this.#candidates().length === 0) return undefined;
    const picked = await this.#pick(recipe, connected ?? 'ifUnclear');
    if (picked !== undefined) await this.#adopt(recipe, picked);
    return picked;
  }

  /** Lets the person choose another app for a recipe, or change what goes where. */
  async chooseAgain(): Promise<void> {
    const change = { iconPath: new ThemeIcon('settings-gear'), tooltip: t('Change Mapping…') };
    const rows = allRecipes().map((recipe) => {
      const app = this.boundTo(recipe);
      return { label: recipe.title, description: app?.name ?? '', buttons: app === undefined ? [] : [change], recipe };
    });
    const pressed = await askChoice({ title: t('Which action?'), placeholder: '', rows });
    if (pressed === undefined || pressed === 'back' || pressed.row === undefined) return;
    const { recipe } = pressed.row;
    if (pressed.button !== undefined) return await this.changeMapping(recipe);
    const picked = await this.pickApp(recipe);
    if (picked !== undefined) await this.#bind(recipe, picked);
  }

  /** An app for the recipe that the person picks from all of them; nothing is bound or saved. */
  async pickApp(recipe: Recipe): Promise<Picked | undefined> {
    return await this.#pick(recipe, 'always');
  }

  /** Lets the person say what goes where in the app that serves the recipe. */
  async changeMapping(recipe: Recipe): Promise<void> {
    const app = this.boundTo(recipe);
    if (app === undefined) return;
    const { form } = await this.chosen(recipe, app);
    const inputs = await editMapping({ title: recipe.title, recipe, app, form });
    if (inputs !== undefined && inputs !== 'back') await saveRecipe({ ...recipe, inputs });
  }

  /** The same for a recipe that is only tried: this app serves it, and nothing is bound. */
  withApp(app: App): Pick<AppChoice, 'appFor' | 'boundTo'> {
    return { appFor: (recipe) => this.chosen(recipe, app), boundTo: () => app };
  }

  /** The app that serves the recipe, if one was chosen, here or in the setting, and is there. */
  boundTo(recipe: Recipe): App | undefined {
    const { apps } = this.#ports;
    const named = apps
      .list()
      .find(({ name, ownName }) => recipe.app !== undefined && [name, ownName].includes(recipe.app));
    return apps.boundTo(recipe.id) ?? named;
  }

  /**
   * The app with what its form suggests now: the owner may change it any day.
   *
   * @throws {DifyError}
   */
  async chosen(recipe: Recipe, app: App): Promise<Chosen> {
    const title = t('Reading the form of {app}…', { app: app.name });
    return await window.withProgress({ location: ProgressLocation.Window, title }, async () => {
      const { userInputForm } = await this.#ports.details.parameters(app, AbortSignal.timeout(60_000));
      const form = formOf(app.mode, userInputForm);
      return { app, form, mapping: proposeMapping(recipe, app.mode, form) };
    });
  }

  #candidates(): readonly App[] {
    return this.#ports.apps.list().filter(fitsActions);
  }

  /** @param when `ifUnclear`: the only app that fits is taken unasked; or the app that the person connected for this, if it takes a text */
  async #pick(recipe: Recipe, when: App | 'ifUnclear' | 'always'): Promise<Picked | undefined> {
    const { read, late } = await this.#read(recipe);
    const candidates = read.map((chosen) => ({ chosen, fit: fitOf(recipe, chosen.app, chosen.mapping) }));
    const clear = late.length === 0 ? clearOne(candidates, when) : undefined;
    if (clear !== undefined) return { ...clear, inputs: recipe.inputs, seen: false };
    const row = await askApp(recipe, candidates, late);
    if (row === undefined) return undefined;
    if (row.app === undefined) {
      const connected = await this.#ports.connect();
      return connected === undefined ? undefined : await this.#pick(recipe, when === 'always' ? when : connected);
    }
    const chosen = row.chosen ?? (await this.chosen(recipe, row.app));
    const isTaken = !row.isToChange && isUsable(recipe, chosen);
    return isTaken ? { ...chosen, inputs: recipe.inputs, seen: true } : await changed(recipe, chosen);
  }

  /** The candidates, and those that are long in answering: nobody waits for them. One that fails is told and left out. */
  async #read(recipe: Recipe): Promise<{ readonly read: readonly Chosen[]; readonly late: readonly App[] }> {
    const patienceEnds = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), patience));
    const reading = this.#candidates().map(async (app) => {
      const chosen = this.chosen(recipe, app).catch((error: unknown) => {
        this.#ports.start('Reading an app', () => notify(describe(error, wordsFor(app)), {}));
        return undefined;
      });
      return { app, chosen: await Promise.race([chosen, patienceEnds]) };
    });
    const read = await Promise.all(reading);
    return {
      read: read.flatMap(({ chosen }) => (chosen === undefined || chosen === 'late' ? [] : [chosen])),
      late: read.flatMap(({ app, chosen }) => (chosen === 'late' ? [app] : [])),
    };
  }

  /** Binds the app; one that is told what to do serves the other recipes as well that have none. What goes where is said once. */
  async #adopt(recipe: Recipe, picked: Picked): Promise<void> {
    const { apps, log, start } = this.#ports;
    const { app, form, mapping, seen } = picked;
    await this.#bind(recipe, picked);
    const servesAll = canChat(app) || takesInstruction(mapping);
    const others = servesAll ? allRecipes().filter((other) => other.id !== recipe.id && this.#isFree(other)) : [];
    for (const other of others) await apps.bind(other.id, app);
    log.info(`${recipe.id} → ${app.name} (${app.mode}): ${mappingWords(mapping, form)}`);
    if (!seen || others.length > 0) start('Telling the mapping', () => this.#tell(recipe, picked, others));
  }

  async #bind(recipe: Recipe, { app, inputs }: Picked): Promise<void> {
    if (inputs !== recipe.inputs) await saveRecipe({ ...recipe, inputs });
    await this.#ports.apps.bind(recipe.id, app);
  }

  #isFree(recipe: Recipe): boolean {
    return this.boundTo(recipe) === undefined && recipe.app === undefined;
  }

  async #tell(recipe: Recipe, { app, form, mapping }: Chosen, others: readonly Recipe[]): Promise<void> {
    const [change, only] = [t('Change Mapping…'), t('Only This One')];
    const words = { recipe: recipe.title, app: app.name, mapping: mappingWords(mapping, form) };
    const told = t('{recipe} uses {app}: {mapping}.', words);
    const also = t('The other actions use it too: {recipes}.', {
      recipes: others.map(({ title }) => title).join(', '),
    });
    const pressed = await (others.length === 0
      ? window.showInformationMessage(told, change)
      : window.showInformationMessage(`${told} ${also}`, change, only));
    if (pressed === change) await this.changeMapping(recipe);
    if (pressed === only) for (const other of others) await this.#ports.apps.bind(other.id, undefined);
  }
}

/** The list of apps, and the one that was picked; one without an app is another one, to be connected. */
async function askApp(
  recipe: Recipe,
  candidates: readonly Candidate[],
  late: readonly App[],
): Promise<{ app: App | undefined; chosen: Chosen | undefined; isToChange: boolean } | undefined> {
  const ordered = candidates.toSorted((a, b) => rank[b.fit] - rank[a.fit]);
  const change = { iconPath: new ThemeIcon('settings-gear'), tooltip: t('Change Mapping…') };
  const rows = ordered.map(({ chosen, fit }) => ({
    label: chosen.app.name,
    description: [hostOf(chosen.app), fitWords(fit)].join(' · '),
    detail: mappingWords(chosen.mapping, chosen.form),
    buttons: [change],
    app: chosen.app,
    chosen,
  }));
  const slow = late.map((app) => ({
    label: app.name,
    description: [hostOf(app), t('has not answered yet')].join(' · '),
    app,
    chosen: undefined,
  }));
  const another = {
    label: t('Connect Another App…'),
    iconPath: new ThemeIcon('add'),
    app: undefined,
    chosen: undefined,
  };
  const pressed = await askChoice<(typeof rows)[number] | (typeof slow)[number] | typeof another>({
    title: t('Which app does this: {recipe}?', { recipe: recipe.title }),
    placeholder: t('Choose an app'),
    rows: [...rows, ...slow, another],
    stays: true,
  });
  if (pressed === undefined || pressed === 'back' || pressed.row === undefined) return undefined;
  const { app, chosen } = pressed.row;
  return { app, chosen, isToChange: pressed.button !== undefined };
}

/** The person says what goes where; of an app whose form does not tell where the text goes they have to. */
async function changed(recipe: Recipe, { app, form }: Chosen): Promise<Picked | undefined> {
  const inputs = await editMapping({ title: recipe.title, recipe, app, form });
  if (inputs === undefined || inputs === 'back') return undefined;
  return { app, form, mapping: proposeMapping({ ...recipe, inputs }, app.mode, form), inputs, seen: true };
}

const rank: Readonly<Record<Fit, number>> = { named: 3, fits: 2, text: 1, none: 0 };

/** The app that nobody need be asked about. */
function clearOne(candidates: readonly Candidate[], when: App | 'ifUnclear' | 'always'): Chosen | undefined {
  if (when === 'always') return undefined;
  if (when !== 'ifUnclear') {
    return candidates.find(({ chosen, fit }) => chosen.app.id === when.id && fit !== 'none')?.chosen;
  }
  const [only, second] = candidates;
  return second === undefined && only !== undefined && rank[only.fit] >= rank.fits ? only.chosen : undefined;
}

/** What the person mapped themselves is taken as it is. */
function isUsable({ inputs }: Recipe, { mapping, form }: Chosen): boolean {
  return takesText(mapping) || form.some(({ variable }) => (inputs[variable] ?? '') !== '');
}

function fitWords(fit: Fit): string {
  switch (fit) {
    case 'named':
    case 'fits':
      return t('fits');
    case 'text':
      return t('takes the text');
    case 'none':
      return t('has no field for the text');
  }
}
