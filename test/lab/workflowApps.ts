import { edges } from '../../src/demo/workflow/edges.ts';
import type { Graph } from '../../src/demo/workflow/graph.ts';
import { iteration } from '../../src/demo/workflow/nodes/containers.ts';
import { llm } from '../../src/demo/workflow/nodes/llm.ts';
import { code, end, start, template } from '../../src/demo/workflow/nodes/plain.ts';
import type { Version } from '../../src/demo/workflow/published.ts';
import { system } from './branchingChatflow.ts';
import { branchingWorkflow } from './branchingWorkflow.ts';
import type { LabApp } from './labApp.ts';
import { filesOn, version, workflowApp, labSystem } from './workflowApp.ts';

const text = (variable: string, label: string, max: number, required = true) => ({
  'text-input': { variable, label, type: 'text-input', required, max_length: max, options: [] },
});

const allInputs: Graph = {
  nodes: [
    start(),
    llm({ id: 'model', title: 'Model', system, user: '{{#start.text#}}' }),
    template({
      id: 'wrap',
      title: 'Template',
      inputs: { t: ['start', 'title'], k: ['start', 'kind'], n: ['start', 'n'], f: ['start', 'flag'] },
      takesMs: 20,
      text: ({ f, k, n, t }) => [t, k, n, f === true ? 'True' : 'False'].map(String).join(' | '),
    }),
    end({
      id: 'end',
      outputs: { result: ['model', 'text'], summary: ['wrap', 'output'], usage: ['model', 'usage'] },
    }),
  ],
  edges: edges('start > model > wrap > end'),
};

const allForm = [
  { paragraph: { variable: 'text', label: 'Text', type: 'paragraph', required: true, max_length: 500, options: [] } },
  {
    'text-input': {
      variable: 'title',
      label: 'Title',
      type: 'text-input',
      required: false,
      max_length: 48,
      options: [],
      default: 'Untitled',
    },
  },
  {
    select: { variable: 'kind', label: 'Kind', type: 'select', required: false, options: ['a', 'b'], default: 'a' },
  },
  { number: { variable: 'n', label: 'N', type: 'number', required: false, options: [], default: 3 } },
  { checkbox: { variable: 'flag', label: 'Flag', type: 'checkbox', required: false, options: [], default: false } },
  {
    file: {
      variable: 'one',
      label: 'One file',
      type: 'file',
      required: false,
      options: [],
      allowed_file_types: ['image', 'document'],
      allowed_file_upload_methods: ['local_file', 'remote_url'],
      allowed_file_extensions: [],
    },
  },
  {
    'file-list': {
      variable: 'more',
      label: 'Files',
      type: 'file-list',
      required: false,
      max_length: 3,
      options: [],
      allowed_file_types: ['image', 'document', 'custom'],
      allowed_file_upload_methods: ['local_file', 'remote_url'],
      allowed_file_extensions: ['.ts', '.py'],
    },
  },
  {
    json_object: {
      variable: 'obj',
      label: 'Object',
      type: 'json_object',
      required: false,
      options: [],
      json_schema: null,
    },
  },
];

function saying(words: string): Graph {
  return {
    nodes: [
      start(),
      template({
        id: 't',
        title: 'Template',
        inputs: { t: ['start', 'text'] },
        takesMs: 20,
        text: ({ t }) => `${words}: ${String(t)}`,
      }),
      end({ id: 'end', outputs: { out: ['t', 'output'] } }),
    ],
    edges: edges('start > t > end'),
  };
}

const long: Graph = {
  nodes: [
    start(),
    llm({ id: 'intro', title: 'INTRO', system: labSystem, user: '{{#start.topic#}} [[long:40]] [[slow:60]]' }),
    code({ id: 'calc', title: 'calc', inputs: {}, takesMs: 200, compute: () => ({ items: ['a', 'b', 'c'] }) }),
    iteration({
      id: 'iter',
      title: 'Iteration',
      of: ['calc', 'items'],
      output: ['inner', 'text'],
      inner: {
        nodes: [
          llm({
            id: 'inner',
            title: 'INNER',
            system: labSystem,
            user: 'Item {{#iter.item#}}. [[long:12]] [[slow:60]]',
          }),
        ],
        edges: [],
      },
    }),
    llm({ id: 'left', title: 'LEFT', system: labSystem, user: 'Left branch. [[long:50]] [[slow:60]]' }),
    llm({ id: 'right', title: 'RIGHT', system: labSystem, user: 'Right branch. [[zh]] [[slow:40]]' }),
    llm({ id: 'outro', title: 'OUTRO', system: labSystem, user: 'Outro. [[long:30]] [[slow:50]]' }),
    end({
      id: 'end',
      outputs: {
        intro: ['intro', 'text'],
        left: ['left', 'text'],
        right: ['right', 'text'],
        items: ['iter', 'output'],
        outro: ['outro', 'text'],
      },
    }),
  ],
  edges: edges('start > intro > calc > iter > outro > end', 'intro > left > outro', 'intro > right > outro'),
};

const reasoning: Graph = {
  nodes: [
    start(),
    llm({
      id: 'r',
      title: 'R',
      model: 'fake-think',
      system: labSystem,
      user: '{{#start.q#}} [[slow:20]]',
      reasoning: 'separated',
    }),
    end({ id: 'end', outputs: { text: ['r', 'text'], reasoning: ['r', 'reasoning_content'] } }),
  ],
  edges: edges('start > r > end'),
};

const textForm = { user_input_form: [text('text', 'Text', 256)] };

/** What was published one after the other in the app with versions. */
export const workflowVersions: readonly Version[] = [
  version(saying('version one'), textForm),
  version(saying('version two'), textForm),
];

function app(name: string, key: string, ...versions: readonly Version[]): ReturnType<typeof workflowApp> {
  return workflowApp({ name, key: `app-Lab${key.padEnd(21, '0')}`, mode: 'workflow', versions });
}

/** The lab's workflows. */
export const workflowApps: readonly LabApp[] = [
  {
    app: app('All inputs', 'AllInputs', version(allInputs, { ...filesOn, user_input_form: allForm })),
    features: ['all-inputs'],
  },
  {
    app: app(
      'Branching workflow',
      'BranchingFlow',
      version(branchingWorkflow, { user_input_form: [text('what', 'What', 256)] }),
    ),
    features: ['slow-node', 'retry', 'iteration', 'failing-node', 'default-value', 'big-output'],
  },
  { app: app('Never published', 'Unpublished'), features: ['unpublished'] },
  { app: app('Versions', 'Versions', ...workflowVersions), features: ['versions'] },
  {
    app: app(
      'long-workflow',
      'LongWorkflow',
      version(long, {
        text_to_speech: { enabled: false, voice: '', language: '' },
        file_upload: { enabled: false },
        user_input_form: [
          {
            'text-input': {
              type: 'text-input',
              label: 'topic',
              variable: 'topic',
              required: true,
              max_length: 4000,
              options: [],
            },
          },
        ],
      }),
    ),
    features: ['long', 'parallel', 'iteration'],
  },
  {
    app: app('Reasoning workflow', 'ReasoningFlow', version(reasoning, { user_input_form: [text('q', 'Q', 256)] })),
    features: ['reasoning'],
  },
];
