import type { FormEntry } from '../../src/demo/apps.ts';
import { type LabApp, labApp, uploadsOf } from './labApp.ts';

/** Every kind of control that a basic app has, two of them required. */
const everyControl: readonly FormEntry[] = [
  { 'text-input': { label: 'Topic', variable: 'topic', required: true, default: '', max_length: 10 } },
  { select: { label: 'Level', variable: 'level', required: true, default: '', options: ['easy', 'hard'] } },
  { number: { label: 'N', variable: 'n', required: false, default: '' } },
  { paragraph: { label: 'Note', variable: 'note', required: false, default: '', max_length: 400 } },
  { checkbox: { label: 'Formal', variable: 'formal', required: false, default: false } },
];

const assistant = labApp(
  {
    key: 'app-LabAssistant000000000001',
    name: 'Handbook assistant',
    mode: 'chat',
  },
  {
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
    file_upload: uploadsOf('image', 'document', 'custom'),
  },
);

const helper = labApp(
  {
    key: 'app-LabTextHelper00000000002',
    name: 'Text helper',
    mode: 'completion',
  },
  {
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
  },
);

const pictureTeller = labApp(
  {
    key: 'app-LabPictureTeller00000003',
    name: 'Picture teller',
    mode: 'completion',
  },
  {
    user_input_form: [{ paragraph: { label: 'Text', variable: 'query', required: true, default: '' } }],
    file_upload: uploadsOf('image'),
  },
);

const formChat = labApp(
  {
    key: 'app-LabFormChat0000000000004',
    name: 'Form chat',
    mode: 'chat',
  },
  { user_input_form: everyControl },
);

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
export const filesApps: readonly LabApp[] = [
  { app: assistant, features: [] },
  { app: helper, features: [] },
  { app: pictureTeller, features: [] },
  { app: formChat, features: [] },
  { app: plainChat, features: [] },
  { app: cappedChat, features: ['capped'] },
  { app: switchedOff, features: ['disabled'] },
  { app: unpublishedChat, features: ['unpublished'] },
  { app: unpublishedText, features: ['unpublished'] },
];
