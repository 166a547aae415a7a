import { type App, parameters } from '../apps.ts';
import { piecesOf } from '../text/pieces.ts';
import { edges } from '../workflow/edges.ts';
import type { Graph } from '../workflow/graph.ts';
import { assigner } from '../workflow/nodes/assigner.ts';
import { ifElse } from '../workflow/nodes/branch.ts';
import { iteration } from '../workflow/nodes/containers.ts';
import { llm } from '../workflow/nodes/llm.ts';
import { httpRequest, knowledge } from '../workflow/nodes/outside.ts';
import { answer, code, start, template } from '../workflow/nodes/plain.ts';
import { pageNames, pageText, pagesOn } from './handbookPages.ts';

const query = ['sys', 'query'] as const;

/** What stands in for the model: it says what was found, the first sentence of it where a short answer is wanted. */
function fromContext(text: string, length: unknown): string {
  const found = /^Found: ([^]*)$/.exec(text)?.[1] ?? '';
  if (found === '' || found === '{{#context#}}') {
    return `The demo handbook has no page on that. Its pages are: ${pageNames.join(', ')}.`;
  }
  return length === 'long' ? found : (/^.*?\.(?=\s|$)/.exec(found)?.[0] ?? found);
}

const graph: Graph = {
  nodes: [
    start(),
    ifElse({
      id: 'kind',
      title: 'What is asked for?',
      of: query,
      cases: [
        { id: 'each', contains: 'each' },
        { id: 'slow', contains: 'slow' },
        { id: 'fail', contains: 'fail' },
      ],
    }),
    knowledge({ id: 'search', title: 'Look it up in the handbook', query, find: pagesOn }),
    llm({
      id: 'say',
      title: 'Say what was found',
      user: 'Found: {{#context#}}',
      context: ['search', 'result'],
      source: ({ inputs, text }) => piecesOf(fromContext(text, inputs['length'])),
    }),
    answer({ id: 'found', says: '{{#say.text#}}' }),
    assigner({
      id: 'count',
      title: 'Count the question',
      items: [{ variable: ['conversation', 'questions'], operation: '+=', by: 1 }],
    }),
    answer({
      id: 'footer',
      title: 'Footer',
      says: '\n\n*Question {{#conversation.questions#}} of this conversation.*',
    }),
    code({ id: 'pages', title: 'List the pages', inputs: {}, compute: () => ({ names: pageNames }) }),
    iteration({
      id: 'every',
      title: 'Once for each page',
      of: ['pages', 'names'],
      output: ['shorten', 'text'],
      inner: {
        nodes: [
          llm({
            id: 'shorten',
            title: 'Shorten the page',
            user: '{{#every.item#}}',
            source: ({ text }) => piecesOf(`${text}: ${fromContext(`Found: ${pageText(text)}`, 'short')}`),
          }),
        ],
        edges: [],
      },
    }),
    template({
      id: 'list',
      title: 'Make it a list',
      inputs: { lines: ['every', 'output'] },
      text: ({ lines }) => (Array.isArray(lines) ? lines.map((line) => `- ${line}`).join('\n') : ''),
    }),
    answer({ id: 'all', says: 'Each page in one sentence:\n\n{{#list.output#}}' }),
    httpRequest({
      id: 'wait',
      title: 'Ask a slow server',
      path: '/slow',
      respond: () => ({ status: 200, body: '{"waited":6}', takesMs: 6000 }),
    }),
    answer({ id: 'waited', says: 'The slow server answered: {{#wait.body#}}' }),
    code({
      id: 'break',
      title: 'Fail on purpose',
      inputs: {},
      onError: { strategy: 'fail-branch' },
      compute: () => {
        throw new Error('this node always fails');
      },
    }),
    answer({ id: 'unbroken', says: 'It did not fail.' }),
    answer({
      id: 'broken',
      title: 'Tell what failed',
      says: 'A node failed, and this branch tells it:\n\n> {{#break.error_message#}}',
    }),
  ],
  edges: edges(
    'start > kind',
    'kind:each > pages > every > list > all',
    'kind:slow > wait > waited',
    'kind:fail > break',
    'break:success-branch > unbroken',
    'break:fail-branch > broken',
    'kind:false > search > say > found > count > footer',
  ),
};

const settings = parameters({
  opening_statement:
    'Ask about *chat*, *actions*, *workflows* or *privacy*. Ask for **each** page, for a **slow** node or for one that **fail**s, to see what a chatflow can do. No language model is behind this.',
  suggested_questions: [
    'What happens to a stopped answer?',
    'Tell me each page.',
    'Show me a slow node.',
    'Let one fail.',
  ],
  user_input_form: [
    {
      select: {
        label: 'Length of the answers',
        variable: 'length',
        required: false,
        default: 'short',
        options: ['short', 'long'],
      },
    },
  ],
});

/** A chatflow: branches, an iteration, citations and a conversation variable. */
export const handbook: App = {
  key: 'app-DemoHandbook000000000004',
  name: 'Demo Handbook',
  mode: 'advanced-chat',
  description: 'A demo chatflow: looks things up in a small handbook. No language model is behind it.',
  authorName: 'Dify Companion Demo',
  site: {
    icon: '📖',
    iconBackground: '#E0EAFF',
    description: 'Looks things up in a small handbook.',
    disclaimer: 'A demonstration without a language model: small text functions answer, on this computer.',
  },
  parameters: settings,
  promptOf: (_inputs, question) => question,
  answer: () => [],
  workflow: {
    appId: 'de300000-0000-4000-8000-000000000004',
    draftId: 'de300000-0000-4000-8000-0000000000d4',
    versions: [
      {
        id: 'de300000-0000-4000-8000-000000000104',
        graph,
        parameters: settings,
        variables: [
          {
            id: 'de300000-0000-4000-8000-000000000204',
            name: 'questions',
            type: 'number',
            value: 0,
            description: 'How many questions were answered from the handbook',
          },
        ],
      },
    ],
  },
};
