import { seconds } from '../clock.ts';
import type { Fields, Selector } from '../workflow/graph.ts';
import { type Values, textOf } from '../workflow/values.ts';

/** A form as the author of a Human Input node designs it. https://docs.dify.ai/en/guides/workflow/node/human-input */
export interface FormDefinition {
  /** Markdown. `{{#draft.text#}}` is filled in when the form opens; `{{#$output.comment#}}` is the place of an input. */
  readonly content: string;
  readonly inputs: readonly FormInput[];
  readonly actions: readonly FormAction[];
  /** How long the form stays open, in ms. */
  readonly timeout: number;
  /** A form that goes out by e-mail cannot be opened through the API, although the run tells a token. */
  readonly delivery: 'api' | 'email';
}

export interface FormAction {
  readonly id: string;
  readonly title: string;
  readonly button_style: 'default' | 'primary' | 'accent' | 'ghost';
}

/** An input in Dify's own form, keys in its order. */
export type FormInput = ParagraphInput | SelectInput | FileInput | FileListInput;

export interface ParagraphInput {
  readonly output_variable_name: string;
  readonly type: 'paragraph';
  readonly default: Source<string> | null;
}

export interface SelectInput {
  readonly output_variable_name: string;
  readonly type: 'select';
  readonly option_source: Source<readonly string[]>;
}

export interface FileInput extends FileRules {
  readonly output_variable_name: string;
  readonly type: 'file';
}

export interface FileListInput extends FileRules {
  readonly output_variable_name: string;
  readonly type: 'file-list';
  readonly number_limits: number;
}

export interface FileRules {
  readonly allowed_file_types: readonly string[];
  readonly allowed_file_extensions: readonly string[];
  readonly allowed_file_upload_methods: readonly string[];
}

/** A value that the author wrote down, or the place in the run where it comes from. */
export interface Source<Value> {
  readonly type: 'constant' | 'variable';
  /** Empty for a constant. */
  readonly selector: Selector | readonly [];
  readonly value: Value;
}

/** What a person sent, checked; values by the names of the inputs. */
export interface Submission {
  readonly action: FormAction;
  readonly values: Fields;
}

/** A form that a paused run waits for: a row of the server's table. */
export interface Form {
  readonly id: string;
  /** 22 characters. Dead here for a form sent by e-mail. */
  readonly token: string;
  readonly runId: string;
  readonly nodeId: string;
  readonly nodeTitle: string;
  readonly definition: FormDefinition;
  /** The definition's content, filled in but for the inputs. */
  readonly content: string;
  /** The definition's inputs, the options of a select filled in. */
  readonly inputs: readonly FormInput[];
  /** Defaults that come from the run; those that the author wrote stand in `inputs`. */
  readonly defaults: Readonly<Record<string, string>>;
  /** In ms since 1970, as `expiresAt`. */
  readonly openedAt: number;
  readonly expiresAt: number;
  submission: Submission | undefined;
  /** Set when the run is told, which is later than `expiresAt`. */
  timedOut: boolean;
}

export interface FormPlace {
  readonly runId: string;
  readonly nodeId: string;
  readonly nodeTitle: string;
}

/** The form that a Human Input node opens when the run reaches it. */
export function opened(
  definition: FormDefinition,
  place: FormPlace,
  values: Values,
  { now, uuid }: { readonly now: number; readonly uuid: () => string },
): Form {
  return {
    id: uuid(),
    token: tokenOf(uuid()),
    ...place,
    definition,
    content: values.filled(definition.content),
    inputs: definition.inputs.map((input) => withOptions(input, values)),
    defaults: defaultsOf(definition.inputs, values),
    openedAt: now,
    expiresAt: now + definition.timeout,
    submission: undefined,
    timedOut: false,
  };
}

/** The form's text with what was submitted in the places of the inputs. */
export function renderedContent(form: Form, values: Fields): string {
  return form.content.replaceAll(/\{\{#\$output\.(\w+)#\}\}/g, (place: string, name: string) =>
    name in values ? shown(values[name]) : place,
  );
}

/** `data` of `human_input_required`, and the form in the history. */
export function formEvent(form: Form): Fields {
  return {
    form_id: form.id,
    node_id: form.nodeId,
    node_title: form.nodeTitle,
    form_content: form.content,
    inputs: form.inputs,
    actions: form.definition.actions,
    display_in_ui: form.definition.delivery === 'api',
    form_token: form.token,
    resolved_default_values: form.defaults,
    expiration_time: seconds(form.expiresAt),
  };
}

/** One of the `reasons` of `workflow_paused`. */
export function pauseReason(form: Form): Fields {
  return {
    TYPE: 'human_input_required',
    form_id: form.id,
    form_content: form.content,
    inputs: form.inputs,
    actions: form.definition.actions,
    node_id: form.nodeId,
    node_title: form.nodeTitle,
    resolved_default_values: form.defaults,
    form_token: form.token,
    expiration_time: seconds(form.expiresAt),
  };
}

/** `data` of `human_input_form_filled`, and the submission in the history. */
export function filledEvent(form: Form, { action, values }: Submission): Fields {
  return {
    node_id: form.nodeId,
    node_title: form.nodeTitle,
    rendered_content: renderedContent(form, values),
    action_id: action.id,
    action_text: action.title,
    submitted_data: values,
  };
}

/** `data` of `human_input_form_timeout`. */
export function timeoutEvent(form: Form): Fields {
  return { node_id: form.nodeId, node_title: form.nodeTitle, expiration_time: seconds(form.expiresAt) };
}

/** One of a message's `extra_contents`. A form that ran out of time keeps its token there and was never submitted. */
export function extraContent(form: Form): object {
  const { submission } = form;
  return {
    workflow_run_id: form.runId,
    submitted: submission !== undefined,
    form_definition: submission === undefined ? formEvent(form) : { ...formEvent(form), form_token: null },
    form_submission_data: submission === undefined ? null : filledEvent(form, submission),
    type: 'human_input',
  };
}

/** The form as a snapshot tells it: a fault of the server, its text is not filled in. */
export function unfilled(form: Form): Form {
  return { ...form, content: form.definition.content };
}

function withOptions(input: FormInput, values: Values): FormInput {
  if (input.type !== 'select') return input;
  const options = valueOf(input.option_source, values);
  if (options === undefined) return input;
  const value = Array.isArray(options) ? options.map((option) => textOf(option)) : [];
  return { ...input, option_source: { ...input.option_source, value } };
}

function defaultsOf(inputs: readonly FormInput[], values: Values): Readonly<Record<string, string>> {
  const found = inputs.flatMap((input) => {
    const value = input.type === 'paragraph' && input.default !== null ? valueOf(input.default, values) : undefined;
    return value === undefined ? [] : [[input.output_variable_name, textOf(value)] as const];
  });
  return Object.fromEntries(found);
}

/** What comes from the run; undefined for a constant, and for what the run does not have. */
function valueOf({ selector: [node, ...path], type }: Source<unknown>, values: Values): unknown {
  return type === 'constant' || node === undefined ? undefined : values.get([node, ...path]);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length} files]`;
  return typeof value === 'object' && value !== null ? '[file]' : textOf(value);
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** 128 bits in base 62. */
function tokenOf(uuid: string): string {
  let rest = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let token = '';
  for (let place = 0; place < 22; place++) {
    token += digits.charAt(Number(rest % 62n));
    rest /= 62n;
  }
  return token;
}
