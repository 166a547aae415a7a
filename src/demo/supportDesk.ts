import { parameters, type App } from './apps.ts';
import { SentFile } from './files/store.ts';
import type { Inputs } from './history/store.ts';
import { chatAnswer } from './text/chat.ts';
import { piecesOf } from './text/pieces.ts';

const documents = {
  allowed_file_types: ['document', 'image'],
  allowed_file_extensions: [],
  allowed_file_upload_methods: ['local_file', 'remote_url'],
};

/** A chatbot that asks for a form before the first question: one of every kind of control. */
export const supportDesk: App = {
  key: 'app-DemoSupportDesk000000012',
  name: 'Demo Support Desk',
  mode: 'chat',
  description: 'A demo: asks for a form with every kind of control first. No language model is behind it.',
  authorName: 'Dify Companion Demo',
  site: {
    icon: '🛟',
    iconBackground: '#E0F2FE',
    description: 'Asks for a form first.',
    disclaimer: 'A demonstration without a language model: small text functions answer, on this computer.',
  },
  parameters: parameters({
    opening_statement: 'Hello **{{name}}**. Tell me what your {{product}} does, or *what I know* from the form.',
    suggested_questions: ['What do you know of me?', 'Write a long answer about the {{product}}.'],
    user_input_form: [
      { 'text-input': { label: 'Your name', variable: 'name', required: true, default: '', max_length: 48 } },
      {
        select: {
          label: 'Product',
          variable: 'product',
          required: true,
          default: 'X200 router',
          options: ['X200 router', 'X300 router', 'Something else'],
        },
      },
      { paragraph: { label: 'What happened?', variable: 'happened', required: false, default: '', max_length: 2_000 } },
      { number: { label: 'Seats', variable: 'seats', required: false, default: '' } },
      { checkbox: { label: 'Answer in short', variable: 'short', required: false, default: false } },
      { file: { label: 'Photo of the device', variable: 'photo', required: false, ...documents } },
      { 'file-list': { label: 'Log files', variable: 'logs', required: false, max_length: 3, ...documents } },
      { json_object: { label: 'Settings', variable: 'settings', required: false, json_schema: null } },
    ],
  }),
  promptOf: (inputs, query) =>
    `You support ${textOf(inputs['name'])} with the ${textOf(inputs['product'])}.\n\n${query}`,
  answer: ({ inputs, query, history }) =>
    piecesOf(
      /\bknow\b|表单|フォーム/iu.test(query) ? known(inputs) : `${greeting(inputs)}${chatAnswer(query, history)}`,
    ),
};

function greeting(inputs: Inputs): string {
  return inputs['short'] === true ? '' : `${textOf(inputs['name'])}, about the ${textOf(inputs['product'])}: `;
}

/** What the form was filled in with, as this question brought it. */
function known(inputs: Inputs): string {
  const rows = Object.entries(inputs).flatMap(([variable, value]) => {
    const shown = shownValue(value);
    return shown === '' ? [] : [`| ${variable} | ${shown.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ')} |`];
  });
  return ['From the form:', ['| Field | Value |', '| --- | --- |', ...rows].join('\n')].join('\n\n');
}

function shownValue(value: unknown): string {
  if (value instanceof SentFile) return value.filename;
  if (Array.isArray(value)) return value.map(shownValue).join(', ');
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
