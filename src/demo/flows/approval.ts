import { type App, parameters } from '../apps.ts';
import { edges } from '../workflow/edges.ts';
import type { Graph } from '../workflow/graph.ts';
import { answer, start, template } from '../workflow/nodes/plain.ts';
import type { FormDefinition } from '../humanInput/form.ts';
import { humanInput } from '../humanInput/node.ts';

const hour = 3_600_000;

const form: FormDefinition = {
  content:
    '### Check this announcement\n\n{{#draft.output#}}\n\n**Your wording**\n\n{{#$output.text#}}\n\n**Who is to read it**\n\n{{#$output.audience#}}',
  inputs: [
    {
      output_variable_name: 'text',
      type: 'paragraph',
      default: { type: 'variable', selector: ['draft', 'output'], value: '' },
    },
    {
      output_variable_name: 'audience',
      type: 'select',
      option_source: { type: 'constant', selector: [], value: ['The team', 'Everybody'] },
    },
  ],
  actions: [
    { id: 'publish', title: 'Publish', button_style: 'primary' },
    { id: 'discard', title: 'Discard', button_style: 'ghost' },
  ],
  delivery: 'api',
  timeout: 36 * hour,
};

const graph: Graph = {
  nodes: [
    start(),
    template({
      id: 'draft',
      title: 'Draft the announcement',
      inputs: { topic: ['sys', 'query'] },
      text: ({ topic }) => `Good news: ${String(topic).trim()}`,
    }),
    humanInput({ id: 'check', title: 'A person checks it' }, form),
    answer({ id: 'published', says: 'Published for **{{#check.audience#}}**:\n\n{{#check.text#}}' }),
    answer({ id: 'discarded', says: 'Nothing was published: the announcement was discarded.' }),
    answer({ id: 'late', says: 'Nothing was published: nobody checked the announcement in time.' }),
  ],
  edges: edges(
    'start > draft > check',
    'check:publish > published',
    'check:discard > discarded',
    'check:__timeout > late',
  ),
};

const shown = parameters({
  opening_statement:
    'Tell me what to announce. I draft it, and a person (here: you) checks it in a form before it is published. **Nothing leaves this computer.**',
  suggested_questions: ['The new release is out.', 'The office is closed on Monday.'],
});

/** A chatflow that writes an announcement, waits till a person has checked it, and then says what became of it. */
export const approval: App = {
  key: 'app-DemoApproval000000000006',
  name: 'Demo Approval',
  mode: 'advanced-chat',
  description: 'A demo: drafts an announcement and waits for a person to check it. No language model is behind it.',
  authorName: 'Dify Companion Demo',
  site: {
    icon: '✅',
    iconBackground: '#E4FBCC',
    description: 'Drafts an announcement and waits for a person to check it.',
    disclaimer: 'A demonstration without a language model: small text functions answer, on this computer.',
  },
  parameters: shown,
  promptOf: (_inputs, query) => query,
  answer: () => [],
  workflow: {
    appId: 'de300000-0000-4000-8000-000000000006',
    versions: [{ id: 'de300000-0000-4000-8000-000000000106', graph, parameters: shown }],
    draftId: 'de300000-0000-4000-8000-0000000000d6',
  },
};
