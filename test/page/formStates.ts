import type { Conversation, Message } from '../../src/conversation/conversation.ts';
import type { InputControl } from '../../src/conversation/inputForm.ts';
import { emptyChat, emptyForm } from '../../src/conversation/protocol.ts';
import type { AppFace } from '../../src/conversation/appFace.ts';
import type { ChatState, FormState } from '../../src/conversation/protocol.ts';
import { newRun } from '../../src/conversation/run.ts';
import { someConversation, someMessage } from '../support/conversations.ts';

const documents = {
  allowedFileTypes: ['document'],
  allowedFileExtensions: [],
  allowedFileUploadMethods: ['local_file'],
};
const images = {
  allowedFileTypes: ['image'],
  allowedFileExtensions: [],
  allowedFileUploadMethods: ['local_file', 'remote_url'],
};

/** A field of a form. */
export function control(variable: string, type: string, change: Partial<InputControl> = {}): InputControl {
  const rest = { options: [], files: undefined, jsonSchema: undefined, hint: undefined, hidden: false };
  return { type, variable, label: variable, required: false, initial: '', maxLength: undefined, ...rest, ...change };
}

/** The app with a form that has every kind of field. */
export const withForm = (app: AppFace): AppFace => ({
  ...app,
  openingStatement: 'Hello **{{name}}**. Tell me what your {{product}} does.',
  suggestedQuestions: ['Reset an {{product}} and keep the VPN settings', 'Write a reply to {{ticket}}'],
  disclaimer: 'Answers are generated and can be wrong. Check before you act.',
  privacyPolicy: 'https://example.com/privacy',
  form: [
    control('name', 'text-input', { label: 'Customer name', required: true, maxLength: 48 }),
    control('product', 'select', { label: 'Product', required: true, options: ['X200 router', 'X300 router'] }),
    control('happened', 'paragraph', { label: 'What happened?', required: true, maxLength: 89 }),
    control('seats', 'number', { label: 'Seats' }),
    control('archive', 'checkbox', { label: 'Search the ticket archive too' }),
    control('logs', 'file-list', { label: 'Log files', maxLength: 3, files: documents }),
    control('photo', 'file', { label: 'Photo of the device', files: images }),
    control('settings', 'json_object', { label: 'Settings', hint: 'As the router exports them' }),
    control('ticket', 'a-control-of-tomorrow', { label: 'Ticket' }),
    control('region', 'select', { label: 'Region', options: ['North', 'South'] }),
  ],
});

const takes = { logs: 'documents, up to 3, 15 MB each', photo: 'images, up to 10 MB' };

/** As far as somebody filled it in, with three things to mend. */
export const halfFilled: FormState = {
  ...emptyForm,
  values: {
    name: 'Ada Lovelace',
    product: 'X200 router',
    happened: 'Since the update on Friday the VPN is gone after every restart and the log only says “profile missing”.',
    seats: 'twelve',
    archive: true,
    logs: [
      {
        name: 'router-2026-11-20.log',
        mapping: { type: 'document', transfer_method: 'local_file', upload_file_id: 'f1' },
        size: 421_888,
      },
    ],
    settings: '{ "channel": 6\n  "band": 5 }',
  },
  takes,
};

export const submittedInputs = {
  name: 'Ada Lovelace',
  product: 'X200 router',
  happened: 'The VPN is gone after every restart.',
  archive: true,
  logs: [
    { type: 'document', transfer_method: 'local_file', upload_file_id: 'f1' },
    { type: 'document', transfer_method: 'local_file', upload_file_id: 'f2' },
  ],
  ticket: '',
};

function begun(query: string, text: string, inputs: Conversation['inputs']): Conversation {
  const message: Message = someMessage({
    query,
    askedAt: Date.now(),
    run: { ...newRun, text, status: { type: 'done' } },
  });
  return someConversation({ key: 'k1', id: 'c1', messages: [message], inputs });
}

/** The states of the form, by the name that the picture gets. */
export function formStates(app: AppFace): Readonly<Record<string, () => ChatState>> {
  const desk = withForm(app);
  const state = (change: Partial<ChatState>): ChatState => ({
    ...emptyChat,
    app: desk,
    form: { ...emptyForm, takes },
    conversation: someConversation({ key: 'k1' }),
    ...change,
  });
  return {
    form: () => state({}),
    'form-problems': () =>
      state({
        form: {
          ...halfFilled,
          uploads: [{ variable: 'logs', name: 'kernel.log', percent: 61 }],
          problems: { photo: 'scan.pdf: this app accepts images. Remove it or convert it.' },
          waiting: { query: 'Why does the Wi‑Fi drop every hour?', at: 1 },
        },
      }),
    'form-optional': () => state({ app: { ...desk, form: desk.form.map((one) => ({ ...one, required: false })) } }),
    'inputs-folded': () =>
      state({
        conversation: begun('The profiles are gone again after the restart', 'Export them first.', submittedInputs),
      }),
    'inputs-outdated': () =>
      state({
        app: { ...desk, mode: 'advanced-chat' },
        form: { ...emptyForm, takes, outdated: true },
        conversation: begun('The profiles are gone again', 'Export them first.', { name: 'Ada' }),
      }),
  };
}
