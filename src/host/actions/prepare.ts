import { window, type Memento, type Uri } from 'vscode';
import { fillMapping, variablesOf, type Mapping } from '../../conversation/inputMapping.ts';
import type { Recipe, Variable } from '../../conversation/recipe.ts';
import type { DifyClient } from '../../dify/client.ts';
import type { InputControl } from '../../dify/inputForm.ts';
import type { Fields } from '../../dify/json.ts';
import type { App } from '../app.ts';
import { t } from '../words.ts';
import type { Completed } from './askInputs.ts';
import { attachFile, inputForFile } from './attachFiles.ts';
import { BeforeSending } from './beforeSending.ts';
import { gather } from './gather.ts';
import type { ActionRequest, Job } from './job.ts';
import type { Source } from './source.ts';
import { withLanguage } from './targetLanguage.ts';

/** An app, and which of its inputs takes what. */
export interface Chosen {
  readonly app: App;
  readonly form: readonly InputControl[];
  readonly mapping: Mapping;
}

/** What an app is asked for, as far as it is known. */
export interface Incomplete {
  readonly app: App;
  readonly recipe: Recipe;
  /** The controls to look after. */
  readonly form: readonly InputControl[];
  /** What the mapping made of the text, by variable. */
  readonly filled: Readonly<Record<string, string>>;
}

export interface PreparePorts {
  /** What of this app outlives the action: nothing of the demo's. */
  readonly remembered: Memento;
  readonly everywhere: Memento;
  readonly client: DifyClient;
  /** Values as Dify takes them, with what the person adds; `undefined` if they give up. */
  readonly complete: (asked: Incomplete) => Promise<Completed | undefined>;
}

/**
 * Gets an action ready to be sent: what is asked for one part, or one file, is not asked again for the others. Nothing leaves this
 * computer before the person was told what does.
 */
export class Preparation {
  #recipe: Recipe;
  readonly #chosen: Chosen;
  readonly #ports: PreparePorts;
  readonly #answers = new Map<Variable, string>();
  /** What nothing in the text fills. */
  #open: Fields | undefined;

  constructor(recipe: Recipe, chosen: Chosen, ports: PreparePorts) {
    this.#recipe = recipe;
    this.#chosen = chosen;
    this.#ports = ports;
  }

  /** @throws {DifyError} if a file cannot be uploaded. `undefined` if the person gives up, `anotherApp` if they want one */
  async job(source: Source): Promise<Job | 'anotherApp' | undefined> {
    const { app, form } = this.#chosen;
    const [file] = source.attached;
    const takes = file === undefined ? undefined : inputForFile(file, form);
    if (file !== undefined && takes === undefined) return tellNoPlace(app, source);
    const filled = await this.#fill(source);
    if (filled === undefined) return undefined;
    const guard = new BeforeSending(app, source, this.#ports.everywhere);
    if (!(await guard.may(filled.map(asFields)))) return undefined;
    const requests = await this.#complete(filled, takes, file);
    if (requests === 'anotherApp') return requests;
    if (requests === undefined || !(await guard.may(requests.map(asFields)))) return undefined;
    return { recipe: this.#recipe, app, source, requests };
  }

  async #fill(source: Source): Promise<readonly Filled[] | undefined> {
    const { form, mapping } = this.#chosen;
    // Asked for once: the recipe knows it from then on.
    const spoken = await withLanguage(this.#recipe, mapping, form, this.#ports.remembered);
    if (spoken === undefined) return undefined;
    this.#recipe = spoken;
    const values = await gather(variablesOf(spoken, mapping), source, spoken, this.#answers);
    return values?.map((each) => fillMapping(spoken, mapping, form, each));
  }

  /** @param takes the control that takes the file */
  async #complete(
    filled: readonly Filled[],
    takes: InputControl | undefined,
    file: Uri | undefined,
  ): Promise<readonly ActionRequest[] | 'anotherApp' | undefined> {
    const { app, mapping } = this.#chosen;
    const attached = file && takes ? await attachFile(this.#ports.client, app, file, takes) : {};
    if (attached === undefined) return undefined;
    const open = mapping.open.filter((control) => control !== takes);
    const requests: ActionRequest[] = [];
    for (const { inputs, query } of filled) {
      const fields = await this.#fieldsFor(inputs, open);
      if (fields === undefined || fields === 'anotherApp') return fields;
      requests.push({ inputs: { ...fields, ...attached }, query, files: [] });
    }
    return requests;
  }

  /** @param open the controls that nothing in the text fills */
  async #fieldsFor(
    filled: Readonly<Record<string, string>>,
    open: readonly InputControl[],
  ): Promise<Fields | 'anotherApp' | undefined> {
    const { app, form, mapping } = this.#chosen;
    const mapped = form.filter(({ variable }) => Object.hasOwn(mapping.inputs, variable));
    const asked = this.#open === undefined ? [...mapped, ...open] : mapped;
    const completed = await this.#ports.complete({ app, recipe: this.#recipe, form: asked, filled });
    if (completed?.type !== 'inputs') return completed?.type;
    const { inputs } = completed;
    const isOpen = ([name]: readonly [string, unknown]): boolean => open.some(({ variable }) => variable === name);
    this.#open ??= Object.fromEntries(Object.entries(inputs).filter(isOpen));
    return { ...this.#open, ...inputs };
  }
}

/** What the mapping made of one part. */
type Filled = ReturnType<typeof fillMapping>;

function asFields({ inputs, query }: { readonly inputs: Fields; readonly query: string }): Fields {
  return { ...inputs, ...(query === '' ? {} : { [t('Question')]: query }) };
}

function tellNoPlace({ name }: App, { file }: Source): undefined {
  void window.showWarningMessage(t('{file} is no text, and {app} takes no such file.', { file, app: name }));
}
