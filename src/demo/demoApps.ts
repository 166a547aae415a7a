import { type App, parameters } from './apps.ts';
import { chatAnswer } from './text/chat.ts';
import { piecesOf } from './text/pieces.ts';
import { summaryOf } from './text/summary.ts';
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

/** The apps of the demo: two text generators and a chatbot. */
export const demoApps: readonly App[] = [summarizer, translator, chatbot];
