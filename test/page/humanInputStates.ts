import type { Conversation, Message } from '../../src/conversation/conversation.ts';
import type { HumanInputForm } from '../../src/conversation/humanInput.ts';
import { type AppFace } from '../../src/conversation/appFace.ts';
import { emptyChat, emptyHumanInput, type ChatState } from '../../src/conversation/protocol.ts';
import { newRun, type Run, type RunForm } from '../../src/conversation/run.ts';
import { someConversation, someMessage } from '../support/conversations.ts';

const hour = 3_600_000;

function input(name: string, type: string, change: Partial<HumanInputForm['inputs'][number]> = {}) {
  return {
    type,
    output_variable_name: name,
    initial: '',
    options: [],
    allowed_file_types: [],
    allowed_file_extensions: [],
    allowed_file_upload_methods: [],
    number_limits: undefined,
    ...change,
  };
}

/** A form like one that a run in `humanInputStates` waits for. */
export function runForm(id: string, change: Partial<HumanInputForm> = {}): HumanInputForm {
  return {
    form_id: id,
    form_token: `token-${id}`,
    display_in_ui: true,
    node_id: `node-${id}`,
    node_title: 'Approval',
    form_content:
      'Refund **€ 84.90** to Ada Lovelace? The draft of the notice is below.\n\n**Notice to the customer**\n\n{{#$output.notice#}}\n\nReason: {{#$output.reason#}}',
    inputs: [
      input('notice', 'paragraph', {
        initial: 'Dear Ada, we have refunded € 84.90 to your card. It arrives within three days.',
      }),
      input('reason', 'select', { options: ['Arrived damaged', 'Arrived late'] }),
    ],
    actions: [
      { id: 'approve', title: 'Approve', button_style: 'primary' },
      { id: 'back', title: 'Send Back', button_style: 'default' },
      { id: 'reject', title: 'Reject', button_style: 'ghost' },
    ],
    expiration_time: Math.floor((Date.now() + 23.7 * hour) / 1_000),
    ...change,
  };
}

export function waitingRun(forms: readonly RunForm[], change: Partial<Run> = {}): Run {
  return { ...newRun, status: { type: 'paused' }, messageId: 'm', runId: 'r', forms, ...change };
}

const open = { type: 'open' } as const;

function message(key: string, query: string, run: Run): Message {
  return someMessage({ key, query, askedAt: Date.now(), run });
}

function conversation(...messages: Message[]): Conversation {
  return someConversation({ key: 'k1', id: 'c1', messages });
}

const documents = { allowed_file_types: ['document'], allowed_file_upload_methods: ['local_file', 'remote_url'] };

const files = runForm('f2', {
  node_title: 'Send the papers',
  form_content: '{{#$output.invoice#}}\n\n{{#$output.letters#}}\n\n{{#$output.why#}}',
  inputs: [
    input('invoice', 'file', documents),
    input('letters', 'file-list', { ...documents, number_limits: 3 }),
    input('why', 'a-type-of-tomorrow'),
  ],
  actions: [
    { id: 'send', title: 'Send', button_style: 'accent' },
    { id: 'skip', title: 'Skip', button_style: 'ghost' },
  ],
  expiration_time: undefined,
});

/** What forms that runs wait for look like. */
export const humanInputStates = (app: AppFace): Readonly<Record<string, () => ChatState>> => ({
  'human-input': () => ({
    ...emptyChat,
    app,
    conversation: conversation(message('1', 'Refund order 4711', waitingRun([{ form: runForm('f1'), state: open }]))),
  }),
  'human-input-files': () => ({
    ...emptyChat,
    app,
    humanInput: {
      f2: {
        ...emptyHumanInput,
        values: { letters: [{ name: 'letter.md', mapping: { type: 'document' }, size: 2_048 }] },
        uploads: [{ variable: 'letters', name: 'annex.pdf', percent: 40 }],
        takes: { invoice: 'documents, up to 15 MB', letters: 'documents, up to 3, 15 MB each' },
        problems: { invoice: 'song.mp3: this app accepts documents. Remove it or convert it.' },
        problem: 'Dify did not take it. Try again.',
      },
      f3: { ...emptyHumanInput, submitting: 'approve' },
    },
    conversation: conversation(
      message(
        '1',
        'Two at once',
        waitingRun(
          [
            { form: files, state: open },
            { form: runForm('f3', { node_title: 'Second review' }), state: open },
          ],
          { text: 'I looked it up.' },
        ),
      ),
    ),
  }),
  'human-input-closed': () => ({
    ...emptyChat,
    app,
    conversation: conversation(
      message(
        '1',
        'Refund order 4711',
        waitingRun(
          [
            {
              form: runForm('f1'),
              state: { type: 'filled', action: 'Approve', content: 'Refund **€ 84.90**?\n\nYes.' },
            },
            {
              form: runForm('f4', { expiration_time: Math.floor((Date.now() - 26 * hour) / 1_000) }),
              state: { type: 'expired' },
            },
            { form: runForm('f5', { node_title: 'A second look' }), state: open },
          ],
          { text: 'The refund is on its way.', status: { type: 'done' } },
        ),
      ),
      message(
        '2',
        'And order 4712?',
        waitingRun([
          {
            form: runForm('f6', { expiration_time: Math.floor((Date.now() - 20 * hour) / 1_000) }),
            state: open,
          },
        ]),
      ),
      message(
        '3',
        'And order 4713?',
        waitingRun([{ form: runForm('f7', { display_in_ui: false, node_title: 'By mail' }), state: open }]),
      ),
      message(
        '4',
        'And order 4714?',
        waitingRun([{ form: runForm('f8'), state: { type: 'filled', action: 'Reject', content: 'No.' } }]),
      ),
    ),
  }),
});
