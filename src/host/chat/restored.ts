import type { Conversation, Message } from '../../conversation/conversation.ts';
import { keepsAnswers, type App } from '../app.ts';
import { t } from '../words.ts';

/** The conversation with a word on each answer that was under way when the window was closed: what becomes of its rest. */
export function restoredFor(app: App, conversation: Conversation): Conversation {
  return { ...conversation, messages: conversation.messages.map((message) => restoredMessage(app, message)) };
}

function restoredMessage(app: App, message: Message): Message {
  const { status } = message.run;
  if (status.type !== 'incomplete' || status.because !== 'closed') return message;
  const { failure, because } = status;
  const told = keepsAnswers(app)
    ? ({ ...failure, remedy: 'fetchRest' } as const)
    : { ...failure, advice: withLoss(failure.advice) };
  return { ...message, run: { ...message.run, status: { type: 'incomplete', failure: told, because } } };
}

function withLoss(advice: string): string {
  const loss = t('This kind of app keeps no answer that was not read to its end.');
  return advice.includes(loss) ? advice : `${advice} ${loss}`.trim();
}
