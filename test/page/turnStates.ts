import type { ContextItem, Conversation, Message } from '../../src/conversation/conversation.ts';
import { type AppFace } from '../../src/conversation/appFace.ts';
import { emptyChat, type ChatState } from '../../src/conversation/protocol.ts';
import { newRun, type Run } from '../../src/conversation/run.ts';
import { someConversation, someMessage } from '../support/conversations.ts';

const contexts: readonly ContextItem[] = [
  { key: 'c1', kind: 'selection', name: 'src/dify/client.ts', lines: [12, 38], size: 900 },
  { key: 'c2', kind: 'problems', name: '', lines: undefined, size: 200 },
  {
    key: 'c3',
    kind: 'file',
    name: 'docs/a-file-with-a-very-long-name-that-has-to-be-cut.md',
    lines: undefined,
    size: 9000,
  },
];

const longQuestion = Array.from({ length: 20 }, (_, n) => `Line ${n + 1} of what is to be checked`).join('\n');

/** A whole answer of an app that counts. */
function answered(text: string): Partial<Run> {
  return {
    text,
    status: { type: 'done' },
    messageId: 'm',
    usage: { latency: 6.4, totalTokens: 1208, totalPrice: '0.0031', currency: 'USD' },
  };
}

function message(key: string, query: string, run: Partial<Run>): Message {
  return someMessage({ key, query, askedAt: new Date(2026, 4, 14, 10, 31).getTime(), run: { ...newRun, ...run } });
}

function conversation(...messages: Message[]): Conversation {
  return someConversation({ key: 'k1', id: 'c1', messages });
}

/** What questions and answers look like, with all that can be done with them. */
export const turnStates = (app: AppFace): Readonly<Record<string, () => ChatState>> => ({
  turns: () => ({
    ...emptyChat,
    app: { ...app, speech: 'onRequest' },
    followUps: ['How do I export the VPN profiles first?', 'What does a blinking amber light mean?'],
    conversation: conversation(
      {
        ...message('1', 'Add a retry with a growing pause', answered('It retries only what is safe to repeat.')),
        contexts,
        rating: 'dislike',
      },
      message('2', longQuestion, { ...answered('Yes, all of it.'), annotatedBy: 'Ada' }),
      message('3', 'And the crash report?', answered('')),
      message('4', 'What does this light mean?', answered('Hold the reset button for **10 seconds**.')),
    ),
  }),
  'asked-again': () => ({
    ...emptyChat,
    app,
    conversation: conversation(
      message('1', 'The profiles are gone again after the restart', answered('Export them first.')),
      {
        ...message(
          '2',
          'The profiles are gone again after the restart',
          answered('Export them under **System › Backup**.'),
        ),
        again: '1',
      },
      {
        ...message('3', 'The profiles are gone again after the restart', {
          text: 'Export',
          status: { type: 'answering' },
        }),
        again: '1',
      },
    ),
  }),
  'waiting-long': () => ({
    ...emptyChat,
    app,
    conversation: conversation({ ...message('1', 'And the crash report?', {}), askedAt: Date.now() - 190_000 }),
  }),
  spoken: () => ({
    ...emptyChat,
    app: { ...app, speech: 'onRequest' },
    speech: { key: '1', state: 'failed', audio: '', problem: 'TTS is not enabled', unasked: false },
    conversation: conversation(message('1', 'Anybody there?', answered('I am.'))),
  }),
});
