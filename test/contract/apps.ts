import { isMode, type Mode } from './modes.ts';
import type { Target } from './target.ts';

/** The apps of a server as `apps.json` names them. */
export interface AppsFile {
  /** Like `http://127.0.0.1:5001/v1`. */
  readonly base: string;
  readonly generation: 'a' | 'b';
  readonly apps: Readonly<Record<string, AppEntry>>;
}

export interface AppEntry {
  readonly key: string;
  readonly mode: string;
  /** What the app has that cannot be asked of the server, like `iteration`; see `features.md`. */
  readonly features: readonly string[];
}

/** One app that cases may run on. */
export interface TestedApp {
  readonly name: string;
  readonly key: string;
  readonly mode: Mode;
  /** The file's, and what the app itself says of it. */
  readonly features: ReadonlySet<string>;
  /** Its form: control by control, the type with the rest. */
  readonly form: readonly FormControl[];
}

export interface FormControl {
  readonly type: string;
  readonly variable: string;
  readonly required: boolean;
  readonly options: readonly string[];
  readonly maxLength: number | undefined;
}

/** Looks at the apps: what they are able to do, as far as `/parameters` tells. */
export async function discovered(target: Target, apps: AppsFile['apps']): Promise<readonly TestedApp[]> {
  const found: TestedApp[] = [];
  for (const [name, { features, key, mode }] of Object.entries(apps)) {
    if (!isMode(mode)) continue;
    const parameters = await parametersOf(target, key);
    // The older server has no new agents: their keys are unknown to it.
    if (parameters === 401) continue;
    const form = formOf(parameters);
    found.push({ name, key, mode, form, features: new Set([...features, ...featuresOf(parameters, form)]) });
  }
  return found;
}

type Fields = Readonly<Record<string, unknown>>;

async function parametersOf(target: Target, key: string): Promise<Fields | number> {
  const headers = { Authorization: `Bearer ${key}` };
  const response = await target.fetch(`${target.base}/parameters`, { headers });
  const body: unknown = await target.during(response.json()).catch(() => ({}));
  return response.ok ? fieldsOf(body) : response.status;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

/** From `/parameters`; a refusal says something too. */
function featuresOf(parameters: Fields | number, form: readonly FormControl[]): readonly string[] {
  if (parameters === 400) return ['unpublished'];
  if (typeof parameters === 'number') return ['disabled'];
  const isOn = (key: string): boolean => fieldsOf(parameters[key])['enabled'] === true;
  const upload = fieldsOf(parameters['file_upload']);
  const told = {
    'suggested-questions': isOn('suggested_questions_after_answer'),
    'speech-to-text': isOn('speech_to_text'),
    'text-to-speech': isOn('text_to_speech'),
    'speaks-by-itself': fieldsOf(parameters['text_to_speech'])['autoPlay'] === 'enabled',
    moderation: isOn('sensitive_word_avoidance'),
    uploads: upload['enabled'] === true || fieldsOf(upload['image'])['enabled'] === true,
  };
  return [
    ...Object.entries(told).flatMap(([feature, has]) => (has ? [feature] : [`no-${feature}`])),
    ...form.map(({ type }) => `input:${type}`),
    ...form.flatMap(({ maxLength = 0, type }) => (maxLength > 0 ? [`limited:${type}`] : [])),
    ...(form.some(({ required }) => required) ? ['required-inputs'] : []),
  ];
}

function formOf(parameters: Fields | number): readonly FormControl[] {
  const entries = typeof parameters === 'number' ? [] : parameters['user_input_form'];
  return (Array.isArray(entries) ? entries : []).flatMap((entry: unknown) =>
    Object.entries(fieldsOf(entry)).map(([type, control]) => {
      const { max_length, options, required, variable } = fieldsOf(control);
      return {
        type,
        variable: String(variable),
        required: required === true,
        options: Array.isArray(options) ? options.map(String) : [],
        maxLength: typeof max_length === 'number' ? max_length : undefined,
      };
    }),
  );
}

/** Values that the form accepts, with the text in the first field that takes one; optional fields are left out. */
export function inputsOf({ form }: TestedApp, text: string): Fields {
  const textField =
    form.find(({ required, type }) => required && isText(type)) ?? form.find(({ type }) => isText(type));
  const filled = form.filter(({ required }) => required).map((control) => [control.variable, valueFor(control, text)]);
  const own = textField === undefined ? [] : [[textField.variable, cut(text, textField.maxLength)]];
  return Object.fromEntries([...filled, ...own]) as Fields;
}

function isText(type: string): boolean {
  return type === 'paragraph' || type === 'text-input';
}

function valueFor({ maxLength, options, type }: FormControl, text: string): unknown {
  switch (type) {
    case 'select':
      return options[0];
    case 'number':
      return 3;
    case 'checkbox':
      return true;
    case 'json_object':
      return {};
    default:
      return cut(text, maxLength);
  }
}

function cut(text: string, length: number | undefined): string {
  return length === undefined || length === 0 ? text : text.slice(0, length);
}
