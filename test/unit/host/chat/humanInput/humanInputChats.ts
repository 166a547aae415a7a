import type { App } from '../../../../../src/demo/apps.ts';
import type { FormDefinition, FormInput } from '../../../../../src/demo/humanInput/form.ts';
import { humanInput } from '../../../../../src/demo/humanInput/node.ts';
import { edges } from '../../../../../src/demo/workflow/edges.ts';
import type { Graph } from '../../../../../src/demo/workflow/graph.ts';
import { answer, start } from '../../../../../src/demo/workflow/nodes/plain.ts';
import { version, workflowApp } from '../../../../lab/workflowApp.ts';

const go = { id: 'go', title: 'Go', button_style: 'primary' } as const;

function formOf(change: Partial<FormDefinition>): FormDefinition {
  return { content: '', inputs: [], actions: [go], delivery: 'api', timeout: 3_600_000, ...change };
}

function line(name: string): FormInput {
  return { output_variable_name: name, type: 'paragraph', default: null };
}

function chatOf(name: string, graph: Graph): App {
  const key = `app-Test${name}`.padEnd(28, '0');
  return workflowApp({ key, mode: 'advanced-chat', name, versions: [version(graph, { user_input_form: [] })] });
}

/** Asks two people at once. */
export const twoFormsChat = chatOf('Two', {
  nodes: [
    start(),
    humanInput({ id: 'first', title: 'First' }, formOf({ content: '{{#$output.one#}}', inputs: [line('one')] })),
    humanInput({ id: 'second', title: 'Second' }, formOf({ content: '{{#$output.two#}}', inputs: [line('two')] })),
    answer({ id: 'done', says: '{{#first.one#}} {{#second.two#}}' }),
  ],
  edges: edges('start > first', 'start > second', 'first:go > done', 'second:go > done'),
});

/** Asks for a file. */
export const filesChat = chatOf('Files', {
  nodes: [
    start(),
    humanInput(
      { id: 'ask', title: 'Send a file' },
      formOf({
        content: '{{#$output.doc#}}',
        inputs: [
          {
            output_variable_name: 'doc',
            type: 'file',
            allowed_file_types: ['document'],
            allowed_file_extensions: [],
            allowed_file_upload_methods: ['local_file'],
          },
        ],
        actions: [{ ...go, id: 'send' }],
      }),
    ),
    answer({ id: 'done', says: 'Got {{#ask.doc#}}' }),
  ],
  edges: edges('start > ask', 'ask:send > done'),
});

/** Asks by e-mail only. */
export const mailChat = chatOf('Mail', {
  nodes: [
    start(),
    humanInput({ id: 'ask', title: 'By mail' }, formOf({ inputs: [line('comment')], delivery: 'email' })),
    answer({ id: 'done', says: 'Done' }),
  ],
  edges: edges('start > ask', 'ask:go > done'),
});
