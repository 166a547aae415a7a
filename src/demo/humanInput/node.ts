import { typeName } from '../http/python.ts';
import { type Fields, type Node, type NodeContext, NodeError, type NodeResult } from '../workflow/graph.ts';
import {
  type Form,
  type FormDefinition,
  type FormInput,
  type Submission,
  filledEvent,
  opened,
  renderedContent,
  timeoutEvent,
} from './form.ts';

/**
 * Opens a form and lets the run pause till a person has submitted it, or till it is too late. It is left by the id of an action, or by
 * `__timeout`.
 */
export function humanInput(named: Pick<Node, 'id' | 'title'>, definition: FormDefinition): Node {
  return {
    ...named,
    type: 'human-input',
    execution: 'branch',
    run: async (context) => {
      const form = context.form ?? opened(definition, placeOf(context), context.values, now(context));
      if (form.submission !== undefined) return filled(form, form.submission, context);
      return form.timedOut ? timedOut(form, context) : { type: 'paused', form };
    },
  };
}

function placeOf({ node, runId }: NodeContext): Pick<Form, 'runId' | 'nodeId' | 'nodeTitle'> {
  return { runId, nodeId: node.id, nodeTitle: node.title };
}

function now({ clock, uuid }: NodeContext): { readonly now: number; readonly uuid: () => string } {
  return { now: clock.now(), uuid };
}

function filled(form: Form, submission: Submission, { announce }: NodeContext): NodeResult {
  const { action, values } = submission;
  for (const input of form.inputs) requireText(input, values[input.output_variable_name]);
  announce({ event: 'human_input_form_filled', data: filledEvent(form, submission) });
  return {
    type: 'done',
    inputs: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typed(value)])),
    outputs: {
      ...values,
      __action_id: action.id,
      __rendered_content: renderedContent(form, values),
      __action_value: action.title,
    },
    handle: action.id,
  };
}

function timedOut(form: Form, { announce }: NodeContext): NodeResult {
  announce({ event: 'human_input_form_timeout', data: timeoutEvent(form) });
  return {
    type: 'done',
    outputs: { __action_id: '', __rendered_content: form.content, __action_value: '' },
    handle: '__timeout',
  };
}

/** @throws {NodeError} in the words of the server, which mixes up the kinds of input here. */
function requireText({ output_variable_name: name, type }: FormInput, value: unknown): void {
  if (type === 'file' || type === 'file-list' || typeof value === 'string') return;
  const got = typeName(value);
  const message = `HumanInput file list input expects a string, output_variable_name=${name}, got=${got}`;
  throw new NodeError(message, 'TypeError');
}

/** A value as the node's inputs show it. */
function typed(value: unknown): Fields {
  if (typeof value === 'string') return { value_type: 'string', value };
  if (!Array.isArray(value)) return { value_type: 'file', value: withoutLink(value) };
  return { value_type: value.length === 0 ? 'array[any]' : 'array[file]', value: value.map(withoutLink) };
}

function withoutLink(file: unknown): unknown {
  if (typeof file !== 'object' || file === null) return file;
  const { related_id: _id, url: _url, ...rest }: Fields = { ...file };
  return rest;
}
