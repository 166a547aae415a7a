import type { Failure } from '../../src/conversation/failure.ts';
import { type AppFace } from '../../src/conversation/appFace.ts';
import { emptyChat, type ChatState } from '../../src/conversation/protocol.ts';
import { newRun } from '../../src/conversation/run.ts';
import { someConversation, someMessage } from '../support/conversations.ts';

const lost: Failure = {
  fact: 'Incomplete.',
  advice: 'The connection broke after 14 s. Dify may have finished the answer.',
  remedy: 'fetchRest',
  details: '',
};

/** An answer whose connection was lost, and which is read on; and one of an app that keeps none. */
export const surviveStates = (app: AppFace): Readonly<Record<string, () => ChatState>> => ({
  readingOn: () => ({
    ...emptyChat,
    app: { ...app, mode: 'advanced-chat' },
    conversation: someConversation({
      key: 'k1',
      id: 'c1',
      messages: [
        someMessage({
          key: '1',
          query: 'Reset it',
          run: {
            ...newRun,
            text: 'A factory reset clears every profile, so save',
            status: {
              type: 'incomplete',
              failure: {
                ...lost,
                advice:
                  'The connection broke after 14 s, and this kind of app keeps no answer that was not read to its end.',
                remedy: 'retry',
              },
            },
          },
        }),
        someMessage({
          key: '2',
          query: 'And the lease?',
          run: {
            ...newRun,
            text: 'The lease is renewed every hour, which',
            status: { type: 'waiting', resend: undefined, lost },
          },
        }),
      ],
    }),
  }),
});
