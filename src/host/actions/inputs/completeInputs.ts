import {
  fieldsOf,
  firstValue,
  firstValues,
  inputsOf,
  kindOf,
  type FieldValue,
  type FormValues,
} from '../../../conversation/inputForm.ts';
import { fieldProblem } from '../../../conversation/inputProblem.ts';
import type { Recipe } from '../../../conversation/recipe.ts';
import type { InputControl } from '../../../dify/inputForm.ts';
import type { Fields } from '../../../dify/json.ts';
import type { App } from '../../app.ts';
import { t } from '../../words.ts';
import { askField } from './askField.ts';
import type { InputAsks } from '../../files/asks.ts';
import { changeValues } from './changeInputs.ts';
import { filledValues } from './filledValues.ts';
import { fitLengths } from './fitLengths.ts';
import { lastValues, rememberValues, type Remembered } from './remembered.ts';
import type { Uploads } from '../../files/uploads.ts';

/** A form that a recipe has filled in so far. */
export interface FormRequest {
  readonly app: Pick<App, 'id' | 'name'>;
  readonly recipe: Pick<Recipe, 'id'>;
  readonly form: readonly InputControl[];
  /** Texts by variable, whatever the control. */
  readonly filled: Readonly<Record<string, string>>;
  readonly remembered: Remembered;
  readonly uploads: Uploads;
}

/** What came of asking; giving up is `undefined`. */
export type Completed =
  | {
      readonly type: 'inputs';
      readonly inputs: Fields;
      /** Variables that a text went into which was meant for a shorter field. */
      readonly moved?: readonly string[];
    }
  | { readonly type: 'anotherApp' };

/**
 * The inputs as Dify takes them: what was filled in, the owner's defaults, and what the person is asked for, one step for each field
 * that must not stay empty or does not take what was filled in. No server refuses them (rule 13).
 */
export async function completeInputs(request: FormRequest, asks: InputAsks): Promise<Completed | undefined> {
  const { app, form } = request;
  const filled = await fitLengths(app.name, form, filledValues(form, request.filled), asks);
  if (filled === undefined) return undefined;
  if (filled === 'anotherApp') return { type: 'anotherApp' };
  const values = await new Steps(request, asks, { ...firstValues(form), ...filled }).run();
  if (values === undefined) return undefined;
  const moved = Object.keys(filled).filter((variable) => !Object.hasOwn(request.filled, variable));
  return { type: 'inputs', inputs: inputsOf(form, values), ...(moved.length === 0 ? {} : { moved }) };
}

/** The steps through the fields that are open; what was given stays when the person goes back. */
class Steps {
  readonly #request: FormRequest;
  readonly #asks: InputAsks;
  readonly #last: FormValues;
  readonly #open: readonly InputControl[];
  readonly #given: Record<string, FieldValue>;

  constructor(request: FormRequest, asks: InputAsks, values: FormValues) {
    this.#request = request;
    this.#asks = asks;
    this.#last = lastValues(request);
    this.#open = fieldsOf(request.form).filter((field) => isOpen(field, values[field.variable]));
    this.#given = { ...values };
    for (const field of this.#open) this.#begin(field);
  }

  /** What was given the last time stands there, unless the field would not take it now. */
  #begin(field: InputControl): void {
    const { variable } = field;
    const last = this.#last[variable];
    const isFilled = Object.hasOwn(this.#request.filled, variable) && this.#given[variable] !== '';
    if (last !== undefined && !isFilled && fieldProblem(field, last, t) === '') this.#given[variable] = last;
  }

  async run(): Promise<FormValues | undefined> {
    let at = 0;
    for (let field = this.#open[at]; field !== undefined; field = this.#open[at]) {
      const said = await this.#ask(field, at);
      if (said === undefined) return undefined;
      if (said === 'all') {
        const all = await changeValues(this.#request, this.#given, this.#asks);
        if (all === undefined) return undefined;
        if (all === 'back') continue;
        break;
      }
      if (said === 'back') at = Math.max(0, at - 1);
      else {
        this.#given[field.variable] = said.value;
        at++;
      }
    }
    await rememberValues(this.#request, this.#open, this.#given);
    return this.#given;
  }

  async #ask(control: InputControl, at: number): ReturnType<typeof askField> {
    const { app, form, uploads } = this.#request;
    const { variable, label } = control;
    const of = this.#open.length;
    const title =
      of === 1
        ? t('{app}: {field}', { app: app.name, field: label })
        : t('{app} ({step}/{of}): {field}', { app: app.name, step: at + 1, of, field: label });
    const changed = (value: FieldValue): void => {
      this.#given[variable] = value;
    };
    const value = this.#given[variable] ?? firstValue(control);
    const hasMore = fieldsOf(form).length > of;
    const step = { title, canGoBack: at > 0, control, value, last: this.#last[variable], hasMore, changed };
    return await askField(step, this.#asks, uploads);
  }
}

/** Whether a person has to look at the field: a checkbox says something as it stands. */
function isOpen(field: InputControl, value: FieldValue | undefined): boolean {
  return kindOf(field) !== 'checkbox' && fieldProblem(field, value ?? '', t) !== '';
}
