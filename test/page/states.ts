import { readFileSync } from 'node:fs';
import { emptyChat } from '../../src/conversation/protocol.ts';
import type { Conversation, Message } from '../../src/conversation/conversation.ts';
import type { Failure } from '../../src/conversation/failure.ts';
import type { AppFace } from '../../src/conversation/appFace.ts';
import type { ChatState, EditorTarget, FormState } from '../../src/conversation/protocol.ts';
import { newRun, type Run } from '../../src/conversation/run.ts';
import { someConversation, someMessage } from '../support/conversations.ts';
import { broughtStates } from './broughtStates.ts';
import { formStates } from './formStates.ts';
import { stepsStates } from './stepsStates.ts';
import { humanInputStates } from './humanInputStates.ts';
import { runStates } from './runStates.ts';
import { surviveStates } from './surviveStates.ts';
import { turnStates } from './turnStates.ts';
import { listStates } from './listStates.ts';

export const app: AppFace = {
  id: 'app-1',
  name: 'Support Copilot',
  mode: 'chat',
  host: 'api.dify.ai',
  description: 'Answers from the router manuals and the ticket archive.',
  icon: undefined,
  emoji: '',
  openingStatement:
    'Hello. Tell me the model and what happens, and I will look it up. For orders, have the **order number** ready.',
  suggestedQuestions: [
    'Reset an X200 and keep the VPN settings',
    'Why does the Wi‑Fi drop every hour?',
    'Write a reply to ticket 4711',
  ],
  form: [],
  disclaimer: '',
  privacyPolicy: '',
  speech: 'off',
  showsSteps: true,
  toolIcons: {},
  hears: false,
  takesFiles: '',
  unencrypted: false,
  pinnedVersion: '',
};

export const failure: Failure = {
  fact: 'The app’s model has no quota left.',
  advice: 'Its owner can add credit in Dify under Settings, Model Provider.',
  remedy: 'retry',
  details: '400 provider_quota_exceeded',
};

export function run(change: Partial<Run>): Run {
  return { ...newRun, ...change };
}

export function message(key: string, query: string, change: Partial<Run>): Message {
  return withRun(key, query, run(change));
}

export function conversation(...messages: Message[]): Conversation {
  return someConversation({ key: 'k1', id: 'c1', messages });
}

export function state(change: Partial<ChatState> = {}): ChatState {
  return { ...emptyChat, app, ...change };
}

/** Four pixels, as the host hands on the picture of an app. */
export const picture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEklEQVR4nGM4EaChUXGCAUIBACTGBVHUG/NNAAAAAElFTkSuQmCC';

const markdown = `## Why

The access point renews its lease every \`3600\` seconds. See the [X200 release notes](https://example.com/x200).

> Fixed in 4.2: the radio no longer restarts when the lease is renewed.

| Fix | Effect | Minutes | Risk |
|---|---|---:|---|
| Update to 4.2 | Removes the cause | 12 | One restart of the access point |
| Longer lease | A drop once a day | 2 | None |
| Fixed channel | Fewer drops at night | 3 | Crowded channel |

## Order of work

- Export the profiles
  - VPN
  - Port forwarding
- Update, then watch for a day

- [x] Firmware checked
- [ ] Lease time raised to 24 h

![Channel plan](https://cdn.example.com/plan.png)`;

const code = `It retries only what is safe to repeat and honours \`Retry-After\`.

\`\`\`ts
export async function retry<T>(work: () => Promise<T>, times = 3) {
  for (let n = 0; ; n++) {
    try { return await work(); }
    catch (error) {
      if (n === times) throw error;
      // 0.5 s, 1 s, 2 s
      await pause(500 * 2 ** n, 'retry');
    }
  }
}
\`\`\``;

/** Where code would go. */
export const editor: EditorTarget = { file: 'client.ts', line: 38, selection: undefined };
const corpus = (name: string): string => readFileSync(new URL(`corpus/${name}.md`, import.meta.url), 'utf8');

export const done = { type: 'done' } as const;
export const usage = { latency: 6.4, totalTokens: 1208, totalPrice: '0.0031', currency: 'USD' };

export function failed(change: Partial<Failure>): Run {
  return run({ status: { type: 'failed', failure: { ...failure, ...change } } });
}

export function withRun(key: string, query: string, given: Run): Message {
  return someMessage({ key, query, askedAt: Date.now(), run: given });
}

/** Every state of the page, by the name that its picture gets. */
export const states: Readonly<Record<string, () => ChatState>> = {
  welcome: () => state({ app: undefined }),
  empty: () => state(),
  'empty-emoji-http': () =>
    state({ app: { ...app, emoji: '🤖', host: 'dify.lab', unencrypted: true }, draft: 'A draft\nof two lines' }),
  'empty-picture': () => state({ app: { ...app, icon: picture } }),
  demo: () => state({ app: { ...app, name: 'Demo Chat', emoji: '🤖' }, notices: [{ kind: 'demo' }] }),
  offline: () => ({
    ...state({ notices: [{ kind: 'offline', host: 'dify.lab', at: new Date(2026, 4, 14, 10, 31).getTime() }] }),
    conversation: conversation(message('1', 'Anybody there?', { text: 'I am.', status: done, usage })),
  }),
  notices: () =>
    state({
      app: { ...app, host: 'dify.lab', unencrypted: true },
      notices: [
        { kind: 'offline', host: 'dify.lab', at: new Date(2026, 4, 14, 10, 31).getTime() },
        { kind: 'demo' },
        { kind: 'unencrypted', url: 'http://dify.lab' },
      ],
    }),
  ...formStates(app),
  ...stepsStates(app),
  waiting: () => ({
    ...state(),
    conversation: conversation({ ...message('1', 'And the crash report?', {}), askedAt: Date.now() - 12_000 }),
  }),
  streaming: () => ({
    ...state(),
    conversation: conversation(
      message('1', 'How do I reset an X200 without losing the VPN profiles?', {
        text: '<think>The manual separates a soft restart from a factory reset.</think>A factory reset clears every profile, so save them first:\n\n1. Open **System › Backup** and choose *Export profiles*.\n2. Hold the reset button for 10 seconds until the light turns amber.\n3. Sign in again and import the',
        status: { type: 'answering' },
        stoppable: true,
      }),
    ),
    draft: 'And how do I check the firmware version?',
  }),
  thinking: () => ({
    ...state(),
    conversation: conversation(
      message('1', 'Where is order 4711?', {
        text: '<think>Two questions: the state of an order and a price.\nThe order tool needs the number',
        status: { type: 'answering' },
        stoppable: true,
      }),
    ),
  }),
  markdown: () => ({
    ...state(),
    conversation: conversation(
      message('1', 'Compare the three fixes for the hourly drops', {
        text: `<think>They differ in cost.</think># Three ways to stop the drops\n\n${markdown}`,
        status: done,
        usage,
      }),
    ),
  }),
  code: () => ({
    ...state({ editor }),
    conversation: conversation(
      message('1', 'Add a retry with a growing pause', { text: code, status: done, usage }),
      message('2', 'And what is hidden here?', {
        text: 'A mark:\n\n```\nif (admin\u202E) // \u200Bend\n```\n\nand `inline\u2066`.',
        status: done,
      }),
    ),
  }),
  rich: () => ({
    ...state({ editor }),
    conversation: conversation(message('1', 'What can I do?', { text: corpus('rich'), status: done, usage })),
  }),
  languages: () => ({
    ...state(),
    conversation: conversation(message('1', 'Four languages', { text: corpus('languages'), status: done, usage })),
  }),
  math: () => ({
    ...state(),
    conversation: conversation(message('1', 'What is the variance?', { text: corpus('math'), status: done, usage })),
  }),
  ends: () => ({
    ...state({ draft: 'And the firmware version?' }),
    conversation: conversation(
      message('1', 'Reset it', { text: 'A factory reset clears every profile, so save', status: { type: 'stopped' } }),
      message('2', 'And the lease?', {
        text: 'The lease is renewed every hour, which',
        status: {
          type: 'incomplete',
          failure: {
            fact: 'The connection broke after 14 s.',
            advice: 'Dify may have finished the answer.',
            remedy: 'fetchRest',
            details: '',
          },
        },
      }),
      withRun(
        '3',
        'Next',
        failed({
          fact: 'api.dify.ai did not accept the API key.',
          advice: 'It may have been deleted in Dify.',
          remedy: 'enterKey',
          details: '',
        }),
      ),
      withRun('4', 'Next', failed({})),
      withRun(
        '5',
        'Next',
        failed({ fact: 'Nothing answers at dify.lab:80.', advice: 'Is Dify running?', remedy: 'editAddress' }),
      ),
      withRun(
        '6',
        'Next',
        failed({
          fact: 'This conversation no longer exists in Dify.',
          advice: 'You can still read it here. Your text is kept.',
          remedy: 'newConversation',
          details: '',
        }),
      ),
      withRun(
        '7',
        'Next',
        failed({ fact: 'The app has been switched off.', advice: 'Its owner can switch it on.', remedy: 'none' }),
      ),
    ),
  }),
  resending: () => ({
    ...state(),
    conversation: conversation(
      message('1', 'Anybody there?', {
        status: {
          type: 'waiting',
          resend: {
            attempt: 1,
            of: 2,
            seconds: 18,
            failure: { fact: 'Dify is busy.', advice: '', remedy: 'none', details: '' },
          },
        },
      }),
    ),
  }),
  ...turnStates(app),
  ...broughtStates(app, () => picture),
  ...humanInputStates(app),
  ...runStates(app),
  ...surviveStates(app),
  forgotten: () => ({
    ...state(),
    conversation: conversation(message('1', 'Remember 4711', { text: 'I will.', status: done, usage }), {
      ...message('2', 'Which number?', { text: 'I know of no number.', status: done, usage }),
      forgotten: true,
    }),
  }),
  ...Object.fromEntries(Object.entries(listStates).map(([name, change]) => [name, () => state(change())])),
};

/** An answer of forty paragraphs, much longer than the page. */
export const long = Array.from({ length: 40 }, (_, n) => `Paragraph ${n} of a long answer.`).join('\n\n');

/** A conversation whose long answer still grows; its message has the key 1. */
export const answering = (): ChatState => ({
  ...state(),
  conversation: conversation(message('1', 'Q', { text: long, status: { type: 'answering' }, stoppable: true })),
});

/** One of the states, with another form. */
export function formStateOf(name: string, form: Partial<FormState> = {}): ChatState {
  const found = states[name]?.();
  if (found === undefined) throw new Error(`There is no state ${name}`);
  return { ...found, form: { ...found.form, ...form } };
}
