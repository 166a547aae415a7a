import type { DifyError } from './errors.ts';
import { readFileRules, type FileRules } from './fileUpload.ts';
import { filled, flag, isFields, numeric, parseJson, text, texts, type Fields } from './json.ts';

/**
 * One control of an app's form. `type` is the server's word: `text-input`, `paragraph`, `select`, `number`, `checkbox`, `file`,
 * `file-list`, `json_object`; one that is not known is to be treated as `text-input`.
 *
 * @see https://docs.dify.ai/en/api-reference/applications/get-app-parameters
 */
export interface InputControl {
  readonly type: string;
  /** The key in `inputs`. */
  readonly variable: string;
  readonly label: string;
  readonly required: boolean;
  /** The owner's default as text, or ''; of a checkbox `true` or `false`, of an object its JSON. Text generators and chatbots do not apply it themselves. */
  readonly initial: string;
  /** Most characters of a text, most files of a file list; `undefined` without a limit. */
  readonly maxLength: number | undefined;
  /** The choices of a `select`. */
  readonly options: readonly string[];
  /** What a `file` and a `file-list` take; `undefined` for other controls. */
  readonly files: FileRules | undefined;
  /** JSON Schema of a `json_object`, if its owner gave one. */
  readonly jsonSchema: Fields | undefined;
  /** The owner's hint, from newer editors. */
  readonly hint: string | undefined;
  /** Not to be shown; may be sent. */
  readonly hidden: boolean;
}

/** What tells a `json_object` from other controls. */
type JsonControl = Pick<InputControl, 'type' | 'variable'>;

/** The control in one element of `user_input_form`: an object whose only key is the type. What the server fills itself is left out. */
export function readInputControl(element: Fields): readonly InputControl[] {
  return Object.entries(element).flatMap(([type, value]) => {
    const variable = isFields(value) ? filled(value, 'variable') : undefined;
    if (!isFields(value) || variable === undefined || type === 'external_data_tool') return [];
    return [readControl(type, variable, value)];
  });
}

/**
 * Whether the server refused an object of a `json_object` control because it wants JSON text. There is nothing to tell it by but the
 * server's words.
 */
export function wantsJsonAsText(form: readonly JsonControl[], error: DifyError): boolean {
  const objects = form.filter(({ type }) => type === 'json_object');
  return (
    error.kind === 'rejected' &&
    objects.some(({ variable }) => error.detail === `${variable} in input form must be a string`)
  );
}

/**
 * The inputs with the values of `json_object` controls as JSON text: Dify 1.11 wants them so, 1.14 as objects. Send objects,
 * and these when it {@link wantsJsonAsText}.
 */
export function withJsonAsText(form: readonly JsonControl[], inputs: Fields): Fields {
  const asText = form
    .filter(({ type, variable }) => type === 'json_object' && isFields(inputs[variable]))
    .map(({ variable }) => [variable, JSON.stringify(inputs[variable])] as const);
  return { ...inputs, ...Object.fromEntries(asText) };
}

function readControl(type: string, variable: string, fields: Fields): InputControl {
  return {
    type,
    variable,
    label: filled(fields, 'label') ?? variable,
    required: flag(fields, 'required'),
    initial: initialText(fields),
    maxLength: numeric(fields, 'max_length') || undefined,
    options: texts(fields, 'options'),
    files: type === 'file' || type === 'file-list' ? readFileRules(fields) : undefined,
    jsonSchema: readSchema(fields['json_schema']),
    hint: filled(fields, 'hint') ?? filled(fields, 'description') ?? filled(fields, 'placeholder'),
    hidden: flag(fields, 'hide'),
  };
}

function initialText(control: Fields): string {
  const initial = control['default'];
  if (typeof initial === 'number' || typeof initial === 'boolean') return String(initial);
  return isFields(initial) ? JSON.stringify(initial, null, 2) : (text(control, 'default') ?? '');
}

/** An object, or on older servers its JSON text. */
function readSchema(value: unknown): Fields | undefined {
  const schema = typeof value === 'string' ? parseJson(value) : value;
  return isFields(schema) ? schema : undefined;
}
