import type { HistoryMessage } from '../dify/messages.ts';
import type { Conversation, Message } from './conversation.ts';
import type { Failure, Translate } from './failure.ts';
import { newRun, type RunStatus } from './run.ts';

/** The conversation as the server's history tells it. */
export function conversationOf(id: string, messages: readonly HistoryMessage[], t: Translate): Conversation {
  return { id, messages: messages.map((message) => messageOf(message, t)) };
}

function messageOf({ id, query, answer, created_at, status, error }: HistoryMessage, t: Translate): Message {
  const run = { ...newRun, text: answer, messageId: id, status: statusOf(answer, status, error, t) };
  return { key: id, query, askedAt: created_at * 1000, run, forgotten: false };
}

/** The server does not say whether an answer is whole; an empty one was stopped, lost, or is still being written. */
function statusOf(answer: string, status: string, error: string | undefined, t: Translate): RunStatus {
  if (status === 'error') {
    return { type: 'failed', failure: failure(t('The app could not finish the answer.'), error ?? '') };
  }
  return answer === ''
    ? { type: 'incomplete', failure: failure(t('Dify kept no text of this answer.'), '') }
    : { type: 'done' };
}

function failure(fact: string, details: string): Failure {
  return { fact, advice: '', remedy: 'retry', details };
}
