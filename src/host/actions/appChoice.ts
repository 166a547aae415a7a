import { ProgressLocation, window } from 'vscode';
import { describe } from '../../conversation/failure.ts';
import { hostOf, type App } from '../app.ts';
import { notify } from '../commands.ts';
import { t, wordsFor } from '../words.ts';
import type { ActionPorts } from './actions.ts';
import { fitsActions } from './fits.ts';
import { proposeMapping, type Mapping } from './mapping.ts';
import { recipes, type Recipe } from './recipes.ts';

/** An app, and which of its inputs takes what. */
export interface Chosen {
  readonly app: App;
  readonly mapping: Mapping;
}

/** Which app serves a recipe: the one bound to it, else one that the person picks, who is told which fits. */
export class AppChoice {
  readonly #ports: Pick<ActionPorts, 'apps' | 'details' | 'connect' | 'start'>;

  constructor(ports: Pick<ActionPorts, 'apps' | 'details' | 'connect' | 'start'>) {
    this.#ports = ports;
  }

  /** The app bound to the recipe, or the one that becomes bound to it; `undefined` if the person gives up. */
  async appFor(recipe: Recipe): Promise<Chosen | undefined> {
    const bound = this.#ports.apps.boundTo(recipe.id);
    if (bound !== undefined) return await this.chosen(bound);
    if (this.#candidates().length === 0 && (await this.#ports.connect()) === undefined) return undefined;
    const chosen = await this.#pick(recipe, await this.#read(this.#candidates()));
    if (chosen !== undefined) await this.#ports.apps.bind(recipe.id, chosen.app);
    return chosen;
  }

  /** Lets the person choose another app for a recipe. */
  async chooseAgain(): Promise<void> {
    const rows = recipes.map((recipe) => ({
      label: recipe.title(),
      description: this.#ports.apps.boundTo(recipe.id)?.name ?? '',
      recipe,
    }));
    const row = await window.showQuickPick(rows, { title: t('Which action?') });
    if (row === undefined) return;
    const chosen = await this.#pick(row.recipe, await this.#read(this.#candidates()), true);
    if (chosen !== undefined) await this.#ports.apps.bind(row.recipe.id, chosen.app);
  }

  #candidates(): readonly App[] {
    return this.#ports.apps.list().filter(fitsActions);
  }

  /** The only app that fits is taken unasked, unless the person came to choose. */
  async #pick(recipe: Recipe, candidates: readonly Chosen[], asked = false): Promise<Chosen | undefined> {
    const fits = ({ mapping }: Chosen): boolean => (mapping.language !== undefined) === recipe.wantsLanguage;
    const ordered = candidates.toSorted((a, b) => Number(fits(b)) - Number(fits(a)));
    const [first, second] = ordered;
    if (first !== undefined && second === undefined && fits(first) && !asked) return first;
    const items = ordered.map((chosen) => ({
      label: chosen.app.name,
      description: [hostOf(chosen.app), ...(fits(chosen) ? [t('fits')] : [])].join(' · '),
      detail: described(chosen),
      chosen,
    }));
    const another = { label: t('Connect Another App…'), description: '', detail: '', chosen: undefined };
    const title = first === undefined ? t('This needs a text generator') : t('Which app does this?');
    const picked = await window.showQuickPick([...items, another], { title, ignoreFocusOut: true });
    if (picked !== another) return picked?.chosen;
    if ((await this.#ports.connect()) === undefined) return undefined;
    return await this.#pick(recipe, await this.#read(this.#candidates()), asked);
  }

  /**
   * The app with the mapping that its form suggests now: the owner may change it any day.
   *
   * @throws {DifyError}
   */
  async chosen(app: App): Promise<Chosen> {
    const title = t('Reading the form of {app}…', { app: app.name });
    return await window.withProgress({ location: ProgressLocation.Window, title }, async () => {
      const { userInputForm } = await this.#ports.details.parameters(app, AbortSignal.timeout(60_000));
      return { app, mapping: proposeMapping(userInputForm) };
    });
  }

  /** The candidates; an app that does not answer is told and left out. */
  async #read(apps: readonly App[]): Promise<readonly Chosen[]> {
    const read = apps.map(async (app) => {
      try {
        return await this.chosen(app);
      } catch (error) {
        this.#ports.start('Reading an app', () => notify(describe(error, wordsFor(app)), {}));
        return undefined;
      }
    });
    return (await Promise.all(read)).filter((chosen) => chosen !== undefined);
  }
}

/** What goes where, in the words of the app's own form. */
function described({ mapping: { text, language } }: Chosen): string {
  const field = t('text → {field}', { field: text.label });
  return language === undefined ? field : `${field}, ${t('language → {field}', { field: language.label })}`;
}
