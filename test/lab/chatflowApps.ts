import { edges } from '../../src/demo/workflow/edges.ts';
import type { Graph } from '../../src/demo/workflow/graph.ts';
import { agent } from '../../src/demo/workflow/nodes/agent.ts';
import { assigner } from '../../src/demo/workflow/nodes/assigner.ts';
import { llm } from '../../src/demo/workflow/nodes/llm.ts';
import { knowledge } from '../../src/demo/workflow/nodes/outside.ts';
import { answer, code, start } from '../../src/demo/workflow/nodes/plain.ts';
import type { Version, VariableDeclaration } from '../../src/demo/workflow/published.ts';
import { branchingChatflow, system } from './branchingChatflow.ts';
import { labSuggestions } from './guardedApps.ts';
import { handbookOn } from './handbook.ts';
import type { LabApp } from './labApp.ts';
import { filesOn, version, workflowApp, labSystem } from './workflowApp.ts';

const mode = 'advanced-chat';

const handbook: Graph = {
  nodes: [
    start(),
    knowledge({ id: 'know', title: 'Knowledge', query: ['sys', 'query'], find: handbookOn }),
    llm({
      id: 'model',
      title: 'Model',
      system,
      user: '{{#context#}}\n\n{{#sys.query#}}',
      context: ['know', 'result'],
      memory: true,
      vision: true,
    }),
    answer({ id: 'reply', says: '{{#model.text#}}' }),
    assigner({
      id: 'remember',
      title: 'Assign',
      items: [
        { variable: ['conversation', 'topic'], operation: 'over-write', from: ['sys', 'query'] },
        { variable: ['conversation', 'turns'], operation: '+=', by: 1 },
        { variable: ['conversation', 'tags'], operation: 'append', from: ['start', 'kind'] },
      ],
    }),
    answer({ id: 'footer', title: 'Footer', says: '\n\n— turn {{#conversation.turns#}} in {{#start.city#}}' }),
  ],
  edges: edges('start > know > model > reply > remember > footer'),
};

function variable(count: number, name: string, type: VariableDeclaration['type'], value: unknown): VariableDeclaration {
  const id = `00000000-0000-4000-8000-00000000000${count}`;
  return { id, name, type, value, description: `Test variable ${name}` };
}

const handbookForm = [
  {
    'text-input': {
      variable: 'city',
      label: 'City',
      type: 'text-input',
      required: false,
      max_length: 48,
      options: [],
      default: 'Paris',
    },
  },
  {
    select: {
      variable: 'kind',
      label: 'Kind',
      type: 'select',
      required: false,
      options: ['short', 'long'],
      default: 'short',
    },
  },
];

const handbookVersion = version(
  handbook,
  {
    ...filesOn,
    opening_statement: 'Welcome to {{city}}.',
    suggested_questions: ['How long is shipping?'],
    suggested_questions_after_answer: { enabled: true },
    user_input_form: handbookForm,
  },
  [
    variable(1, 'topic', 'string', 'none'),
    variable(2, 'turns', 'number', 0),
    variable(3, 'profile', 'object', { name: 'Ann', age: 30 }),
    variable(4, 'tags', 'array[string]', ['a']),
  ],
);

/** A model, and an answer that is its text with some words before it. */
function plain(before = ''): Graph {
  return {
    nodes: [
      start(),
      llm({ id: 'm', title: 'Model', system, user: '{{#sys.query#}}' }),
      answer({ id: 'a', says: `${before}{{#m.text#}}` }),
    ],
    edges: edges('start > m > a'),
  };
}

const twoPauses: Graph = {
  nodes: [
    start(),
    llm({ id: 'one', title: 'ONE', system: labSystem, user: '{{#sys.query#}} [[long:60]] [[slow:80]]' }),
    answer({ id: 'a1', says: 'First: {{#one.text#}}\n\n' }),
    code({ id: 'nap', title: 'nap', inputs: {}, takesMs: 2000, compute: () => ({ n: '2' }) }),
    llm({ id: 'two', title: 'TWO', system: labSystem, user: 'Second part. [[long:60]] [[slow:80]]' }),
    answer({ id: 'a2', says: 'Second: {{#two.text#}} (napped {{#nap.n#}} s)' }),
  ],
  edges: edges('start > one > a1 > nap > two > a2'),
};

const failsAfterText: Graph = {
  nodes: [
    start(),
    llm({ id: 'one', title: 'ONE', system: labSystem, user: '{{#sys.query#}}' }),
    answer({ id: 'a1', says: '{{#one.text#}}\n\n' }),
    code({
      id: 'boom',
      title: 'boom',
      inputs: {},
      compute: () => {
        throw new Error('boom');
      },
    }),
    answer({ id: 'a2', says: 'never {{#boom.x#}}' }),
  ],
  edges: edges('start > one > a1 > boom > a2'),
};

const everyVariable: Graph = {
  nodes: [
    start(),
    assigner({
      id: 'set',
      title: 'Assign',
      items: [
        { variable: ['conversation', 'count'], operation: '+=', by: 1 },
        { variable: ['conversation', 'last'], operation: 'over-write', from: ['sys', 'query'] },
        { variable: ['conversation', 'history'], operation: 'append', from: ['sys', 'query'] },
      ],
    }),
    answer({
      id: 'a',
      says: 'count={{#conversation.count#}} last={{#conversation.last#}} obj={{#conversation.profile#}} list={{#conversation.history#}}',
    }),
  ],
  edges: edges('start > set > a'),
};

function labVariable(
  count: number,
  name: string,
  type: VariableDeclaration['type'],
  value: unknown,
): VariableDeclaration {
  const description = count === 1 ? 'a number' : count === 2 ? 'a string' : '';
  return { id: `aaaaaaaa-0000-4000-8000-00000000000${count}`, name, type, value, description };
}

const everyVariableVersion = version(everyVariable, { file_upload: { enabled: false } }, [
  labVariable(1, 'count', 'number', 0),
  labVariable(2, 'last', 'string', ''),
  labVariable(3, 'profile', 'object', { name: 'Ada', 年龄: 36, ok: true, none: null, nested: { a: [1, 2.5] } }),
  labVariable(4, 'history', 'array[string]', ['it\'s "quoted"']),
  labVariable(5, 'numbers', 'array[number]', [1, 2.5, -3]),
  labVariable(6, 'objects', 'array[object]', [{ k: 'v', t: true }]),
  labVariable(7, 'flag', 'boolean', true),
  labVariable(8, 'flags', 'array[boolean]', [true, false]),
]);

const agentNode: Graph = {
  nodes: [
    start(),
    agent({
      id: 'agent',
      title: 'Agent',
      instruction: 'You are an agent with a clock.',
      query: '{{#sys.query#}}',
      rounds: 4,
      tools: [
        {
          name: 'current_time',
          label: 'Current Time',
          description: 'A tool for getting the current time.',
          provider: 'time',
          parameters: { format: '%Y-%m-%d', timezone: null },
          call: (_input, now) => new Date(now).toISOString().slice(0, 10),
        },
      ],
    }),
    answer({ id: 'a', says: '{{#agent.text#}}' }),
  ],
  edges: edges('start > agent > a'),
};

const requiredInputs: Graph = {
  nodes: [start(), answer({ id: 'a', says: 'topic {{#start.topic#}} level {{#start.level#}} n {{#start.n#}}' })],
  edges: edges('start > a'),
};

const requiredForm = [
  {
    'text-input': {
      variable: 'topic',
      label: 'Topic',
      type: 'text-input',
      required: true,
      max_length: 10,
      options: [],
    },
  },
  {
    select: { variable: 'level', label: 'Level', type: 'select', required: true, options: ['easy', 'hard'] },
  },
  { number: { variable: 'n', label: 'N', type: 'number', required: false, options: [] } },
  {
    file: {
      variable: 'doc',
      label: 'Document',
      type: 'file',
      required: false,
      options: [],
      allowed_file_types: ['document'],
      allowed_file_upload_methods: ['local_file', 'remote_url'],
      allowed_file_extensions: [],
    },
  },
];

const reasoning: Graph = {
  nodes: [
    start(),
    llm({
      id: 'r',
      title: 'R',
      model: 'fake-think',
      system: labSystem,
      user: '{{#sys.query#}} [[think]] [[slow:20]]',
      reasoning: 'separated',
    }),
    answer({ id: 'a', says: '{{#r.text#}}' }),
  ],
  edges: edges('start > r > a'),
};

/** What was published one after the other in the app that is published anew. */
export const editions: readonly Version[] = [version(plain('one: ')), version(plain('two: '))];

function app(name: string, key: string, ...versions: readonly Version[]): ReturnType<typeof workflowApp> {
  return workflowApp({ name, key: `app-Lab${key.padEnd(21, '0')}`, mode, versions });
}

/** The lab's chatflows. */
export const chatflowApps: readonly LabApp[] = [
  {
    app: { ...app('Handbook flow', 'Handbook', handbookVersion), suggest: labSuggestions },
    features: ['variables', 'citations', 'opening', 'suggested-questions'],
  },
  {
    app: app('Branches', 'Branches', version(branchingChatflow)),
    features: [
      'slow-node',
      'retry',
      'iteration',
      'loop',
      'parallel',
      'two-answers',
      'failing-node',
      'default-value',
      'fail-branch',
    ],
  },
  { app: app('Agent node', 'AgentNode', version(agentNode)), features: ['agent-node'] },
  { app: app('Plain flow', 'PlainFlow', version(plain())), features: [] },
  {
    app: app('Required inputs', 'Required', version(requiredInputs, { ...filesOn, user_input_form: requiredForm })),
    features: ['required-inputs'],
  },
  { app: app('Long chatflow', 'LongChatflow', version(twoPauses)), features: ['two-answers', 'long'] },
  { app: app('Fails after text', 'FailsAfterText', version(failsAfterText)), features: ['failing-node'] },
  { app: app('Every variable', 'EveryVariable', everyVariableVersion), features: ['variables'] },
  { app: app('Reasoning chatflow', 'Reasoning', version(reasoning)), features: ['reasoning'] },
  { app: app('Published anew', 'Editions', ...editions), features: ['versions'] },
];
