import type { MadeFile } from '../../src/demo/files/store.ts';
import { edges } from '../../src/demo/workflow/edges.ts';
import type { Graph, Node } from '../../src/demo/workflow/graph.ts';
import { ifElse } from '../../src/demo/workflow/nodes/branch.ts';
import { tool } from '../../src/demo/workflow/nodes/outside.ts';
import { answer, end, start } from '../../src/demo/workflow/nodes/plain.ts';
import { dot } from '../support/recordedForm.ts';
import { version, workflowApp } from './workflowApp.ts';
import type { LabApp } from './labApp.ts';

const query = ['sys', 'query'] as const;
const lab = { provider: 'lab-tools', icon: { content: '🧪', background: '#EEEEEE' } } as const;

const picture: MadeFile = { bytes: Uint8Array.from(dot), extension: 'png', mimeType: 'image/png' };

function draw(subject: readonly [string, string]): Node {
  return tool({
    id: 'draw',
    title: 'draw',
    ...lab,
    inputs: { subject },
    call: (inputs) => ({ text: `Here is a picture of ${String(inputs['subject'])}.`, files: [picture] }),
  });
}

const chatflow: Graph = {
  nodes: [
    start(),
    ifElse({
      id: 'pick',
      title: 'Branch',
      of: query,
      cases: [
        { id: 'look', contains: 'do lookup' },
        { id: 'broken', contains: 'do broken' },
      ],
    }),
    tool({
      id: 'lookup',
      title: 'lookup',
      ...lab,
      inputs: { word: query },
      call: ({ word }) => ({ json: { word, meaning: `the meaning of ${String(word)}`, n: 42 } }),
    }),
    answer({ id: 'found', says: 'Found: {{#lookup.text#}} {{#lookup.json#}}' }),
    tool({ id: 'broken', title: 'broken', ...lab, inputs: {}, call: () => ({ text: 'The tool is broken.' }) }),
    answer({ id: 'never', says: 'Never: {{#broken.text#}}' }),
    draw(query),
    answer({ id: 'here', says: 'Here: {{#draw.text#}} {{#draw.files#}} done' }),
  ],
  edges: edges(
    'start > pick',
    'pick:look > lookup > found',
    'pick:broken > broken > never',
    'pick:false > draw > here',
  ),
};

const workflow: Graph = {
  nodes: [
    start(),
    draw(['start', 'what']),
    end({ id: 'end', outputs: { text: ['draw', 'text'], pictures: ['draw', 'files'] } }),
  ],
  edges: edges('start > draw > end'),
};

const form = [
  {
    'text-input': { variable: 'what', label: 'What', type: 'text-input', required: true, max_length: 256, options: [] },
  },
];

/** A chatflow and a workflow with a tool that draws. */
export const toolFileApps: readonly LabApp[] = [
  {
    app: workflowApp({
      name: 'Drawing chatflow',
      key: 'app-LabDrawingChatflow000000',
      mode: 'advanced-chat',
      versions: [version(chatflow)],
    }),
    features: ['tool-files'],
  },
  {
    app: workflowApp({
      name: 'Drawing workflow',
      key: 'app-LabDrawingWorkflow000000',
      mode: 'workflow',
      versions: [version(workflow, { user_input_form: form })],
    }),
    features: ['tool-files'],
  },
];
