import { window, type Memento } from 'vscode';
import { fillMapping, variablesOf, type Mapping } from '../../conversation/inputMapping.ts';
import type { Recipe, Variable } from '../../conversation/recipe.ts';
import type { InputControl } from '../../dify/inputForm.ts';
import type { FileUpload } from '../../dify/fileUpload.ts';
import type { App } from '../app.ts';
import { t } from '../words.ts';
import type { Chosen } from './apps/appChoice.ts';
import { attachFile, type Completed, type Uploads } from './askInputs.ts';
import { BeforeSending, fieldsOf } from './beforeSending.ts';
import { gather } from '../source/gather.ts';
import { placeForFile, withFile, type FilePlace } from '../files/attachFile.ts';
import { PartInputs } from './inputs/partInputs.ts';
import type { Job } from './job.ts';
import type { ResultRequest } from '../../conversation/result.ts';
import { nameOf } from '../source/placeOf.ts';
import type { Source } from '../source/source.ts';
import { withLanguage } from './recipes/targetLanguage.ts';

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
  /** How files get to the app. @throws {DifyError} */
  readonly uploads: () => Promise<Uploads>;
  /** Which files the app takes beside its form. */
  readonly beside: () => FileUpload | undefined;
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
  readonly #parts: PartInputs;

  constructor(recipe: Recipe, chosen: Chosen, ports: PreparePorts) {
    this.#recipe = recipe;
    this.#chosen = chosen;
    this.#ports = ports;
    this.#parts = new PartInputs((form, filled) =>
      ports.complete({ app: chosen.app, recipe: this.#recipe, form, filled }),
    );
  }

  /** @throws {DifyError} if a file cannot be uploaded. `undefined` if the person gives up, `anotherApp` if they want one */
  async job(source: Source): Promise<Job | 'anotherApp' | undefined> {
    const { app, form } = this.#chosen;
    const [file] = source.attached;
    const place = file === undefined ? undefined : placeForFile(nameOf(file), form, this.#ports.beside());
    if (file !== undefined && place === undefined) return await tellNoPlace(app, source);
    const filled = await this.#fill(source);
    if (filled === undefined) return undefined;
    const guard = new BeforeSending(app, source, this.#ports.everywhere);
    if (!(await guard.may(filled.map(fieldsOf)))) return undefined;
    const requests = await this.#complete(filled, place, source);
    if (requests === 'anotherApp') return requests;
    if (requests === undefined || !(await guard.may(requests.map(fieldsOf)))) return undefined;
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

  /** @param place of the file that the source is, if it is no text */
  async #complete(
    filled: readonly Filled[],
    place: FilePlace | undefined,
    { attached: [uri], file: name }: Source,
  ): Promise<readonly ResultRequest[] | 'anotherApp' | undefined> {
    const { form, mapping } = this.#chosen;
    const mapped = form.filter(({ variable }) => Object.hasOwn(mapping.inputs, variable));
    const open = mapping.open.filter((control) => control !== place?.control);
    const isFile = uri !== undefined && place !== undefined;
    const file = isFile ? await attachFile(uri, place, await this.#ports.uploads()) : undefined;
    if (isFile && file === undefined) return undefined;
    const requests: ResultRequest[] = [];
    for (const { inputs, query } of filled) {
      const fields = await this.#parts.of(inputs, mapped, open);
      if (fields === undefined || fields === 'anotherApp') return fields;
      const request = { inputs: fields, query: questionOf(query, mapping, name), files: [] };
      requests.push(file === undefined || place === undefined ? request : withFile(request, place, file));
    }
    return requests;
  }
}

/** What the mapping made of one part. */
type Filled = ReturnType<typeof fillMapping>;

/** Dify refuses an empty question; of a file that is no text its name says most. */
function questionOf(filled: string, mapping: Mapping, file: string): string {
  return mapping.query !== '' && filled.trim() === '' ? file : filled;
}

async function tellNoPlace({ name }: App, { file }: Source): Promise<'anotherApp' | undefined> {
  const another = t('Choose Another App…');
  const fact = t('{file} is no text, and {app} takes no such file.', { file, app: name });
  return (await window.showWarningMessage(fact, another)) === another ? 'anotherApp' : undefined;
}
