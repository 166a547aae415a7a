import { type App, parameters } from '../apps.ts';
import { piecesOf } from '../text/pieces.ts';
import { summaryOf } from '../text/summary.ts';
import { edges } from '../workflow/edges.ts';
import type { Graph } from '../workflow/graph.ts';
import { llm } from '../workflow/nodes/llm.ts';
import { httpRequest } from '../workflow/nodes/outside.ts';
import { code, end, start, template } from '../workflow/nodes/plain.ts';

const text = ['start', 'text'] as const;

function wordsOf(value: unknown): readonly string[] {
  return typeof value === 'string' ? (value.match(/[\p{L}\p{N}'’]+/gu) ?? []) : [];
}

const graph: Graph = {
  nodes: [
    start(),
    httpRequest({
      id: 'fetch',
      title: 'Ask a slow server',
      path: '/headline',
      respond: () => ({ status: 200, body: 'A report on the text', takesMs: 4000 }),
    }),
    httpRequest({
      id: 'retried',
      title: 'Ask a server that fails twice',
      path: '/date',
      retry: { times: 3, intervalMs: 500 },
      respond: (attempt) => ({ status: attempt < 3 ? 503 : 200, body: '{"attempt":3}', takesMs: 200 }),
    }),
    code({
      id: 'count',
      title: 'Count the words',
      inputs: { text },
      takesMs: 800,
      compute: (inputs) => ({ words: wordsOf(inputs['text']).length }),
    }),
    code({
      id: 'longest',
      title: 'Find the longest word',
      inputs: { text },
      takesMs: 1200,
      compute: (inputs) => ({
        word: wordsOf(inputs['text']).toSorted((one, other) => other.length - one.length)[0] ?? '–',
      }),
    }),
    code({
      id: 'spelling',
      title: 'Check the spelling',
      inputs: { text },
      onError: { strategy: 'default-value', outputs: { mistakes: 'not checked' } },
      compute: () => {
        throw new Error('there is no dictionary on this computer');
      },
    }),
    llm({
      id: 'summary',
      title: 'Summarize',
      user: '{{#start.text#}}',
      source: (prompt) => piecesOf(summaryOf(prompt.text)),
    }),
    template({
      id: 'report',
      title: 'Write the report',
      inputs: {
        headline: ['fetch', 'body'],
        words: ['count', 'words'],
        longest: ['longest', 'word'],
        spelling: ['spelling', 'mistakes'],
      },
      text: ({ headline, longest, spelling, words }) =>
        [
          `## ${String(headline)}`,
          '',
          `- ${String(words)} words`,
          `- longest word: ${String(longest)}`,
          `- spelling: ${String(spelling)}`,
        ].join('\n'),
    }),
    end({ id: 'end', outputs: { summary: ['summary', 'text'], report: ['report', 'output'] } }),
  ],
  edges: edges('start > fetch > retried > count > spelling > summary > report > end', 'retried > longest > spelling'),
};

const settings = parameters({
  user_input_form: [
    { paragraph: { label: 'Text', variable: 'text', required: true, default: '', max_length: 100_000 } },
  ],
});

/** A workflow: a slow node, one that is retried, two side by side, one whose failure is handled. */
export const report: App = {
  key: 'app-DemoReport00000000000005',
  name: 'Demo Report',
  mode: 'workflow',
  description: 'A demo workflow: writes a short report on a text. No language model is behind it.',
  authorName: 'Dify Companion Demo',
  site: {
    icon: '📊',
    iconBackground: '#FEF7C3',
    description: 'Writes a short report on a text.',
    disclaimer: 'A demonstration without a language model: small text functions answer, on this computer.',
  },
  parameters: settings,
  promptOf: (_inputs, query) => query,
  answer: () => [],
  workflow: {
    appId: 'de300000-0000-4000-8000-000000000005',
    draftId: 'de300000-0000-4000-8000-0000000000d5',
    versions: [{ id: 'de300000-0000-4000-8000-000000000105', graph, parameters: settings }],
  },
};
