import type { Message, SentFile } from '../../src/conversation/conversation.ts';
import { type AppFace } from '../../src/conversation/appFace.ts';
import { emptyChat, emptyForm, type ChatState } from '../../src/conversation/protocol.ts';
import { newRun, type Run } from '../../src/conversation/run.ts';
import { someConversation, someMessage } from '../support/conversations.ts';
import { control, submittedInputs, withForm } from './formStates.ts';

const log: SentFile = {
  name: 'router-2026-11-20.log',
  type: 'document',
  size: 421_888,
  mapping: { type: 'document', transfer_method: 'local_file', upload_file_id: 'f1' },
  thumbnail: undefined,
};

const usage = { latency: 11.9, totalTokens: 1310, totalPrice: '0.0042', currency: 'USD' };

/** A run of the app with the form of `formStates`. */
function ran(key: string, run: Partial<Run>, inputs: Message['inputs'] = submittedInputs): Message {
  const given: Run = { ...newRun, runId: `run-${key}`, status: { type: 'done' }, ...run };
  const askedAt = new Date(2026, 4, 14, 10, 31).getTime();
  return someMessage({ key, typed: 'Ada Lovelace, X200 router', inputs, files: [log], askedAt, run: given });
}

/** Outputs of every type. */
const outputs = {
  summary: 'The VPN profiles are **lost with every restart** since 4.1.\n\n1. Export them.\n2. Update to 4.2.',
  urgency: 7,
  escalate: true,
  tickets: [
    { id: 4711, title: 'VPN profiles gone', open: true },
    { id: 4720, title: 'Profile missing after the update', open: false },
  ],
  ['a name that is much longer than the page is wide and_has_no_place_to_break_in_it_at_all']: 'short',
  nothing: null,
};

/** The states of an app that is run by its form, by the name that the picture gets. */
export function runStates(plain: AppFace): Readonly<Record<string, () => ChatState>> {
  const none = { openingStatement: '', suggestedQuestions: [] };
  const app: AppFace = { ...withForm(plain), ...none, name: 'Ticket Report', mode: 'workflow' };
  const state = (change: Partial<ChatState>): ChatState => ({
    ...emptyChat,
    app,
    form: emptyForm,
    conversation: someConversation({ key: 'k1' }),
    ...change,
  });
  const after = (...messages: Message[]): Partial<ChatState> => ({
    conversation: someConversation({ key: 'k1', inputs: submittedInputs, messages }),
  });
  return {
    'run-form': () => state({}),
    'run-form-nothing': () => state({ app: { ...app, form: [] } }),
    running: () => state(after(ran('1', { status: { type: 'answering' }, stoppable: true, text: 'The VPN profiles' }))),
    outputs: () =>
      state({
        app: { ...app, pinnedVersion: 'de300000-0000-4000-8000-000000000105' },
        ...after(ran('1', { outputs, text: 'joined', usage })),
      }),
    'output-json': () => state(after(ran('1', { outputs: { tickets: outputs.tickets }, text: '[]', usage }))),
    'runs-ended': () =>
      state(
        after(
          ran('1', { outputs: { text: outputs.summary }, text: outputs.summary, usage }),
          ran('2', { text: 'The VPN', status: { type: 'stopped' } }),
          ran('3', {
            status: {
              type: 'failed',
              failure: {
                fact: 'The app could not finish the answer.',
                advice: 'Bad code',
                remedy: 'retry',
                details: '',
              },
            },
          }),
          ran('4', {}, {}),
        ),
      ),
    'run-again': () => state(after(ran('1', { outputs: { text: outputs.summary }, text: outputs.summary, usage }))),
    generated: () =>
      state({
        app: {
          ...app,
          name: 'Demo Summarizer',
          mode: 'completion',
          form: [control('query', 'paragraph', { label: 'Text' })],
        },
        ...after(
          ran(
            '1',
            { runId: undefined, messageId: 'm1', text: 'A short text.', usage },
            { query: 'A long text. '.repeat(40) },
          ),
        ),
      }),
  };
}
