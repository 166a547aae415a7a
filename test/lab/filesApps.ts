import { type App, type FileUpload, type FormEntry, parameters } from '../../src/demo/apps.ts';
import { labAnswer } from './model.ts';

/** Takes files of every kind that a basic app can. */
const uploads: FileUpload = {
  enabled: true,
  allowed_file_types: ['image', 'document', 'custom'],
  allowed_file_extensions: ['.ts', '.py'],
  allowed_file_upload_methods: ['local_file', 'remote_url'],
  number_limits: 3,
  image: { enabled: true, detail: 'high', number_limits: 3, transfer_methods: ['local_file', 'remote_url'] },
  fileUploadConfig: {
    audio_file_size_limit: 50,
    batch_count_limit: 5,
    file_size_limit: 15,
    image_file_size_limit: 10,
    video_file_size_limit: 100,
    workflow_file_upload_limit: 10,
  },
};

/** Every kind of control that a basic app has, two of them required. */
const everyControl: readonly FormEntry[] = [
  { 'text-input': { label: 'Topic', variable: 'topic', required: true, default: '', max_length: 10 } },
  { select: { label: 'Level', variable: 'level', required: true, default: '', options: ['easy', 'hard'] } },
  { number: { label: 'N', variable: 'n', required: false, default: '' } },
  { paragraph: { label: 'Note', variable: 'note', required: false, default: '', max_length: 400 } },
  { checkbox: { label: 'Formal', variable: 'formal', required: false, default: false } },
];

function labApp(app: Pick<App, 'key' | 'name' | 'mode'> & Partial<App>): App {
  return {
    description: `Lab app: ${app.name}`,
    authorName: 'Lab Admin',
    site: { icon: '🤖', iconBackground: '#FFEAD5', description: null, disclaimer: '' },
    parameters: parameters({ opening_statement: app.mode === 'completion' ? null : '' }),
    promptOf: (inputs, query) => (app.mode === 'completion' ? textOf(inputs['query']) : query),
    answer: labAnswer,
    ...app,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const assistant = labApp({
  key: 'app-LabAssistant000000000001',
  name: 'Handbook assistant',
  mode: 'chat',
  parameters: parameters({
    opening_statement: 'Hello {{name}}, ask me about **returns** and shipping.',
    suggested_questions: ['How do I return a zeppelin?', '保修多久？', ''],
    user_input_form: [
      { 'text-input': { label: 'Your name', variable: 'name', required: false, default: '', max_length: 48 } },
      {
        select: {
          label: 'Language',
          variable: 'lang',
          required: false,
          default: 'en',
          options: ['en', 'zh', 'ja'],
        },
      },
    ],
    file_upload: uploads,
  }),
});

const helper = labApp({
  key: 'app-LabTextHelper00000000002',
  name: 'Text helper',
  mode: 'completion',
  parameters: parameters({
    user_input_form: [
      { paragraph: { label: 'Text', variable: 'query', required: true, default: '', max_length: 400 } },
      {
        select: {
          label: 'Task',
          variable: 'task',
          required: true,
          default: 'Summarize',
          options: ['Summarize', 'Translate', '改写'],
        },
      },
      { 'text-input': { label: 'Tone', variable: 'tone', required: false, default: '', max_length: 48 } },
      { number: { label: 'Count', variable: 'count', required: false, default: '' } },
      { checkbox: { label: 'Formal', variable: 'formal', required: false, default: false } },
    ],
  }),
});

const pictureTeller = labApp({
  key: 'app-LabPictureTeller00000003',
  name: 'Picture teller',
  mode: 'completion',
  parameters: parameters({
    user_input_form: [{ paragraph: { label: 'Text', variable: 'query', required: true, default: '' } }],
    file_upload: { ...uploads, allowed_file_types: ['image'] },
  }),
});

const formChat = labApp({
  key: 'app-LabFormChat0000000000004',
  name: 'Form chat',
  mode: 'chat',
  parameters: parameters({ opening_statement: '', user_input_form: everyControl }),
});

const plainChat = labApp({ key: 'app-LabPlainChat000000000005', name: 'Plain chat', mode: 'chat' });

const cappedChat = labApp({
  key: 'app-LabCappedChat00000000006',
  name: 'Capped chat',
  mode: 'chat',
  description: 'cap 1',
  maxActiveRequests: 1,
});

const switchedOff = labApp({
  key: 'app-LabSwitchedOff0000000007',
  name: 'Switched off',
  mode: 'chat',
  state: 'apiDisabled',
});

const unpublishedChat = labApp({
  key: 'app-LabUnpublishedChat000008',
  name: 'Unpublished chat',
  mode: 'chat',
  isUnpublished: true,
});

const unpublishedText = labApp({
  key: 'app-LabUnpublishedText000009',
  name: 'Unpublished text generator',
  mode: 'completion',
  isUnpublished: true,
});

/** Apps about forms and files, and about what an app's owner may do to it. What `/parameters` tells is no feature here. */
export const filesApps: readonly { readonly app: App; readonly features: readonly string[] }[] = [
  { app: assistant, features: ['rule-model'] },
  { app: helper, features: ['rule-model'] },
  { app: pictureTeller, features: ['rule-model'] },
  { app: formChat, features: ['rule-model'] },
  { app: plainChat, features: ['rule-model'] },
  { app: cappedChat, features: ['rule-model', 'capped'] },
  { app: switchedOff, features: ['disabled'] },
  { app: unpublishedChat, features: ['unpublished'] },
  { app: unpublishedText, features: ['unpublished'] },
];
