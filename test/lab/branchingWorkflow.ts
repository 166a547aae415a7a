import { edges } from '../../src/demo/workflow/edges.ts';
import type { Graph } from '../../src/demo/workflow/graph.ts';
import { ifElse } from '../../src/demo/workflow/nodes/branch.ts';
import { iteration } from '../../src/demo/workflow/nodes/containers.ts';
import { llm } from '../../src/demo/workflow/nodes/llm.ts';
import { code, end, start, template } from '../../src/demo/workflow/nodes/plain.ts';
import { delayed, flaky, system } from './branchingChatflow.ts';

const what = ['start', 'what'] as const;

const cases = ['fail', 'slow', 'handled', 'retry', 'iterate', 'big'].map((id) => ({ id, contains: `do ${id}` }));

/** A workflow with a branch for everything that can happen, chosen by `do …` in its text. */
export const branchingWorkflow: Graph = {
  nodes: [
    start(),
    ifElse({ id: 'pick', title: 'Branch', of: what, cases }),
    code({
      id: 'bad',
      title: 'Bad code',
      inputs: { w: what },
      compute: ({ w }) => {
        throw new Error(`bad input: ${String(w)}`);
      },
    }),
    end({ id: 'badend', outputs: { out: ['bad', 'out'] } }),
    delayed('slow', 'Slow', 12_000),
    end({ id: 'slowend', outputs: { body: ['slow', 'body'] } }),
    code({
      id: 'soft',
      title: 'Handled code',
      inputs: { w: what },
      onError: { strategy: 'default-value', outputs: { out: 'fallback' } },
      compute: () => {
        throw new Error('soft');
      },
    }),
    end({ id: 'softend', outputs: { out: ['soft', 'out'] } }),
    flaky('flaky', 'Flaky', 1),
    end({ id: 'flakyend', outputs: { body: ['flaky', 'body'] } }),
    code({ id: 'items', title: 'Code', inputs: { w: what }, compute: () => ({ items: ['x', 'y'] }) }),
    iteration({
      id: 'iter',
      title: 'Each',
      of: ['items', 'items'],
      output: ['it', 'output'],
      inner: {
        nodes: [
          template({
            id: 'it',
            title: 'Template',
            inputs: { i: ['iter', 'item'] },
            text: ({ i }) => `item ${String(i)}`,
          }),
        ],
        edges: [],
      },
    }),
    end({ id: 'iterend', outputs: { list: ['iter', 'output'] } }),
    code({
      id: 'big',
      title: 'Big code',
      inputs: { w: what },
      compute: () => ({ text: '0123456789'.repeat(150_000) }),
    }),
    end({ id: 'bigend', outputs: { text: ['big', 'text'] } }),
    llm({ id: 'm', title: 'Model', system, user: '{{#start.what#}}' }),
    llm({ id: 'm2', title: 'Second model', system, user: 'Again. {{#start.what#}}' }),
    end({ id: 'mend', outputs: { one: ['m', 'text'], two: ['m2', 'text'] } }),
  ],
  edges: edges(
    'start > pick',
    'pick:fail > bad > badend',
    'pick:slow > slow > slowend',
    'pick:handled > soft > softend',
    'pick:retry > flaky > flakyend',
    'pick:iterate > items > iter > iterend',
    'pick:big > big > bigend',
    'pick:false > m > m2 > mend',
  ),
};
