import { edges } from '../../src/demo/workflow/edges.ts';
import type { Graph, Node } from '../../src/demo/workflow/graph.ts';
import { assigner } from '../../src/demo/workflow/nodes/assigner.ts';
import { ifElse } from '../../src/demo/workflow/nodes/branch.ts';
import { iteration, loop } from '../../src/demo/workflow/nodes/containers.ts';
import { llm } from '../../src/demo/workflow/nodes/llm.ts';
import { httpRequest, tool } from '../../src/demo/workflow/nodes/outside.ts';
import { aggregator, answer, code, start, template } from '../../src/demo/workflow/nodes/plain.ts';

export const system = 'You are a test assistant.';

const query = ['sys', 'query'] as const;

const cases = [
  ...['fail', 'retry', 'branch', 'default', 'iterate', 'loop', 'parallel', 'plain', 'think', 'tool', 'iterfail'].map(
    (id) => ({ id, contains: `do ${id}` }),
  ),
  { id: 'noanswer', contains: 'do nothing' },
  ...['slow', 'both', 'pariter'].map((id) => ({ id, contains: `do ${id}` })),
];

function failing(id: string, title: string, message: (text: string) => string): Node {
  return code({
    id,
    title,
    inputs: { q: query },
    compute: ({ q }) => {
      throw new Error(message(String(q)));
    },
  });
}

function list(id: string, ...items: readonly string[]): Node {
  return code({ id, title: 'Items', inputs: { q: query }, takesMs: 20, compute: () => ({ items }) });
}

/** A server that waits before it answers. */
export function delayed(id: string, title: string, ms: number): Node {
  const respond = () => ({ status: 200, body: JSON.stringify({ waited: ms }), takesMs: ms });
  return httpRequest({ id, title, path: `/delay/${ms}`, respond });
}

/** A server that says 404 a number of times, and a node that asks it again. */
export function flaky(id: string, title: string, failures: number): Node {
  return httpRequest({
    id,
    title,
    path: `/status/404?fail=${failures}&id={run}`,
    retry: { times: 3, intervalMs: 300 },
    respond: (attempt) => {
      const status = attempt > failures ? 200 : 404;
      return { status, body: JSON.stringify({ status, attempt }), takesMs: 20 };
    },
  });
}

const failures: readonly Node[] = [
  failing('failcode', 'Bad code', (text) => `boom: ${text}`),
  answer({ id: 'failend', says: 'never {{#failcode.out#}}' }),
  flaky('retryhttp', 'Flaky HTTP', 2),
  answer({ id: 'retryend', says: 'status {{#retryhttp.status_code#}} body {{#retryhttp.body#}}' }),
  { ...failing('branchcode', 'Code with branch', () => 'boom'), onError: { strategy: 'fail-branch' } },
  answer({ id: 'branchok', says: 'went well: {{#branchcode.out#}}' }),
  answer({ id: 'branchbad', says: 'went wrong: {{#branchcode.error_message#}}' }),
  {
    ...failing('defcode', 'Code with default', () => 'boom'),
    onError: { strategy: 'default-value', outputs: { out: 'the default' } },
  },
  answer({ id: 'defend', says: 'value: {{#defcode.out#}}' }),
];

const iterations: readonly Node[] = [
  list('items', 'alpha', 'beta', 'gamma'),
  iteration({
    id: 'iter',
    title: 'Each item',
    of: ['items', 'items'],
    output: ['iterllm', 'text'],
    inner: {
      nodes: [llm({ id: 'iterllm', title: 'Item model', system, user: 'Item {{#iter.index#}} is {{#iter.item#}}.' })],
      edges: [],
    },
  }),
  template({
    id: 'itertext',
    title: 'Template',
    inputs: { items: ['iter', 'output'] },
    text: ({ items }) => (Array.isArray(items) ? items.map((item) => `- ${item}\n`).join('') : ''),
  }),
  answer({ id: 'iterend', says: '{{#itertext.output#}}' }),
  list('fitems', 'alpha', 'beta'),
  iteration({
    id: 'fiter',
    title: 'Failing items',
    of: ['fitems', 'items'],
    output: ['fitercode', 'out'],
    inner: {
      nodes: [
        code({
          id: 'fitercode',
          title: 'Item code',
          inputs: { i: ['fiter', 'item'] },
          compute: ({ i }) => {
            throw new Error(`item ${String(i)}`);
          },
        }),
      ],
      edges: [],
    },
  }),
  answer({ id: 'fiterend', says: '{{#fiter.output#}}' }),
  loop({
    id: 'loop',
    title: 'Three rounds',
    times: 3,
    variables: { n: 0 },
    inner: {
      nodes: [
        assigner({
          id: 'loopadd',
          title: 'Add one',
          loop: 'loop',
          items: [{ variable: ['loop', 'n'], operation: '+=', by: 1 }],
        }),
      ],
      edges: [],
    },
  }),
  answer({ id: 'loopend', says: 'n is {{#loop.n#}}' }),
  list('pitems', 'alpha', 'beta', 'gamma'),
  iteration({
    id: 'piter',
    parallel: true,
    title: 'All items',
    of: ['pitems', 'items'],
    output: ['piterllm', 'text'],
    inner: {
      nodes: [
        llm({ id: 'piterllm', title: 'Item model', system, user: 'Item {{#piter.index#}} is {{#piter.item#}}.' }),
      ],
      edges: [],
    },
  }),
  answer({ id: 'piterend', says: '{{#piter.output#}}' }),
];

const others: readonly Node[] = [
  llm({ id: 'para', title: 'Left', system, user: 'Left side. {{#sys.query#}}' }),
  llm({ id: 'parb', title: 'Right', system, user: 'Right side. {{#sys.query#}}' }),
  aggregator({
    id: 'parjoin',
    title: 'Join',
    of: [
      ['para', 'text'],
      ['parb', 'text'],
    ],
  }),
  answer({ id: 'parend', says: 'First: {{#para.text#}}\n\nSecond: {{#parb.text#}}' }),
  template({
    id: 'plaintext',
    title: 'Template',
    inputs: { q: query },
    takesMs: 20,
    text: ({ q }) => `Template says: ${String(q)}`,
  }),
  answer({ id: 'plainend', says: '{{#plaintext.output#}}' }),
  llm({ id: 'thinkm', title: 'Thinking model', system, user: '{{#sys.query#}} [[think]]', reasoning: 'separated' }),
  answer({ id: 'thinkend', says: '{{#thinkm.text#}}' }),
  tool({
    id: 'toolnode',
    title: 'Current Time',
    provider: 'time',
    inputs: {},
    call: () => ({ text: '2026-11-22 11:10:15', takesMs: 20 }),
  }),
  answer({ id: 'toolend', says: 'It is {{#toolnode.text#}}' }),
  template({ id: 'lonely', title: 'Template', inputs: { q: query }, text: ({ q }) => `nobody sees ${String(q)}` }),
  delayed('slowhttp', 'Slow HTTP', 12_000),
  answer({ id: 'slowend', says: 'waited {{#slowhttp.body#}}' }),
  llm({ id: 'bothm', title: 'First model', system, user: '{{#sys.query#}}' }),
  answer({ id: 'both1', says: '{{#bothm.text#}} ' }),
  delayed('bothhttp', 'Pause', 3000),
  answer({ id: 'both2', says: '\nAfter the pause.' }),
  llm({ id: 'other', title: 'Model', system, user: '{{#sys.query#}}', memory: true }),
  answer({ id: 'otherend', says: '{{#other.text#}}' }),
];

/** A chatflow with a branch for everything that can happen, chosen by `do …` in the question. */
export const branchingChatflow: Graph = {
  nodes: [start(), ifElse({ id: 'pick', title: 'Branch', of: query, cases }), ...failures, ...iterations, ...others],
  edges: edges(
    'start > pick',
    'pick:fail > failcode > failend',
    'pick:retry > retryhttp > retryend',
    'pick:branch > branchcode',
    'branchcode:success-branch > branchok',
    'branchcode:fail-branch > branchbad',
    'pick:default > defcode > defend',
    'pick:iterate > items > iter > itertext > iterend',
    'pick:loop > loop > loopend',
    'pick:parallel > para > parjoin',
    'pick:parallel > parb > parjoin > parend',
    'pick:plain > plaintext > plainend',
    'pick:think > thinkm > thinkend',
    'pick:tool > toolnode > toolend',
    'pick:iterfail > fitems > fiter > fiterend',
    'pick:noanswer > lonely',
    'pick:slow > slowhttp > slowend',
    'pick:both > bothm > both1 > bothhttp > both2',
    'pick:pariter > pitems > piter > piterend',
    'pick:false > other > otherend',
  ),
};
