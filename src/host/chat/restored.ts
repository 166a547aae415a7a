import type { Conversation, Message } from '../../conversation/conversation.ts';
import type { App } from '../app.ts';
import { cutByClosing } from '../cutByClosing.ts';

/** The conversation with a word on each answer that was under way when the window was closed: what becomes of its rest. */
export function restoredFor(app: App, conversation: Conversation): Conversation {
  return { ...conversation, messages: conversation.messages.map((message) => restoredMessage(app, message)) };
}

function restoredMessage(app: App, message: Message): Message {
  const { status } = message.run;
  if (status.type !== 'incomplete' || status.because !== 'closed') return message;
  const failure = { ...status.failure, ...cutByClosing(app) };
  return { ...message, run: { ...message.run, status: { ...status, failure } } };
}
