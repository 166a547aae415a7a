import { type App, parameters } from './apps.ts';
import { demoAgents } from './demoAgents.ts';
import { approval } from './flows/approval.ts';
import { handbook } from './flows/handbook.ts';
import { report } from './flows/report.ts';
import { supportDesk } from './supportDesk.ts';
import { chatAnswer } from './text/chat.ts';
import { draftKinds, draftOf } from './text/draft.ts';
import { piecesOf } from './text/pieces.ts';
import { summaryOf } from './text/summary.ts';
import { toolAnswer } from './text/tools.ts';
import { targetLanguages, translationOf } from './text/translation.ts';

const disclaimer = 'A demonstration without a language model: small text functions answer, on this computer.';

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const summarizer: App = {
  key: 'app-DemoSummarizer0000000001',
  name: 'Demo Summarizer',
  mode: 'completion',
  description: 'A demo: picks the most telling sentences of a text. No language model is behind it.',
  authorName: 'Dify Companion Demo',
  site: {
    icon: '📝',
    iconBackground: '#E4FBCC',
    description: 'Picks the most telling sentences of a text.',
    disclaimer,
  },
  parameters: parameters({
    user_input_form: [
      { paragraph: { label: 'Text', variable: 'query', required: true, default: '', max_length: 100_000 } },
    ],
  }),
  promptOf: (inputs) =>
    `Summarize the following text in its own language, in a few sentences.\n\n${textOf(inputs['query'])}`,
  answer: ({ inputs }) => piecesOf(summaryOf(textOf(inputs['query']))),
};

const translator: App = {
  key: 'app-DemoTranslator0000000002',
  name: 'Demo Translator',
  mode: 'completion',
  description: 'A demo: replaces words by a small dictionary. No language model is behind it, and it says so.',
  authorName: 'Dify Companion Demo',
  site: { icon: '🌍', iconBackground: '#D5F5F6', description: 'Replaces words by a small dictionary.', disclaimer },
  parameters: parameters({
    user_input_form: [
      { paragraph: { label: 'Text', variable: 'text', required: true, default: '', max_length: 100_000 } },
      {
        select: {
          label: 'Target language',
          variable: 'target_language',
          required: true,
          default: 'German',
          options: targetLanguages,
        },
      },
    ],
  }),
  promptOf: (inputs) =>
    `Translate the following text into ${textOf(inputs['target_language'])}. Answer with the translation only.\n\n${textOf(inputs['text'])}`,
  answer: ({ inputs }) => piecesOf(translationOf(textOf(inputs['text']), textOf(inputs['target_language']))),
};

const chatbot: App = {
  key: 'app-DemoChatbot0000000000003',
  name: 'Demo Chat',
  mode: 'chat',
  description: 'A demo: remembers what it is told and summarizes text. No language model is behind it.',
  authorName: 'Dify Companion Demo',
  site: { icon: '🤖', iconBackground: '#FFEAD5', description: 'Remembers what it is told.', disclaimer },
  parameters: parameters({
    opening_statement:
      'Hello! I am a **demo** and no language model: small text functions on this computer answer. Tell me something, such as *my name is Ada*, and ask me about it later; paste a text and ask for a summary; or ask me to show some Markdown.',
    suggested_questions: [
      'My name is Ada and the port is 8080.',
      'Show me some Markdown with code and a table.',
      'Write a long answer.',
    ],
  }),
  promptOf: (_inputs, query) => query,
  answer: ({ query, history }) => piecesOf(chatAnswer(query, history)),
};

const documents = {
  allowed_file_types: ['document', 'image'],
  allowed_file_extensions: [],
  allowed_file_upload_methods: ['local_file', 'remote_url'],
};

const writer: App = {
  key: 'app-DemoWriter00000000000004',
  name: 'Demo Writer',
  mode: 'completion',
  description:
    'A demo: puts a text together from a form that has every kind of control. No language model is behind it.',
  authorName: 'Dify Companion Demo',
  site: { icon: '✍️', iconBackground: '#E0EAFF', description: 'Puts a text together from a form.', disclaimer },
  parameters: parameters({
    user_input_form: [
      { 'text-input': { label: 'Topic', variable: 'topic', required: true, default: 'Our plan', max_length: 80 } },
      {
        paragraph: { label: 'Points, one a line', variable: 'points', required: true, default: '', max_length: 10_000 },
      },
      { select: { label: 'Kind', variable: 'kind', required: true, default: 'Note', options: draftKinds } },
      { number: { label: 'Points at most', variable: 'length', required: false, default: 5 } },
      { checkbox: { label: 'With a greeting', variable: 'greeting', required: false, default: false } },
      { file: { label: 'Source', variable: 'source', required: false, ...documents } },
      { 'file-list': { label: 'Attachments', variable: 'attachments', required: false, max_length: 3, ...documents } },
      { json_object: { label: 'Facts', variable: 'facts', required: false, json_schema: null } },
    ],
  }),
  promptOf: (inputs) =>
    `Write a ${textOf(inputs['kind'])} about "${textOf(inputs['topic'])}" that makes these points:\n\n${textOf(inputs['points'])}`,
  answer: ({ inputs }) => piecesOf(draftOf(inputs)),
};

const textTools: App = {
  key: 'app-DemoTextTools00000000011',
  name: 'Demo Text Tools',
  mode: 'completion',
  description: 'A demo: does with a text what it is told, by small text functions. No language model is behind it.',
  authorName: 'Dify Companion Demo',
  site: { icon: '🧰', iconBackground: '#FFF4D6', description: 'Does with a text what it is told.', disclaimer },
  parameters: parameters({
    user_input_form: [
      { paragraph: { label: 'Instruction', variable: 'instruction', required: true, default: '', max_length: 2_000 } },
      { paragraph: { label: 'Text', variable: 'content', required: true, default: '', max_length: 100_000 } },
    ],
  }),
  promptOf: (inputs) => `${textOf(inputs['instruction'])}\n\n${textOf(inputs['content'])}`,
  answer: ({ inputs }) => piecesOf(toolAnswer(textOf(inputs['instruction']), textOf(inputs['content']))),
};

/** The apps of the demo: text generators, a chatbot, a chatflow, a workflow, a chatflow that asks a person, and agents. */
export const demoApps: readonly App[] = [
  summarizer,
  translator,
  chatbot,
  writer,
  handbook,
  report,
  approval,
  textTools,
  ...demoAgents,
  supportDesk,
];
