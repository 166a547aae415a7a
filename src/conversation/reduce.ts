import type { Conversation, Message } from './conversation.ts';
import type { ConversationEvent } from './events.ts';
import { reduceRun } from './reduceRun.ts';
import { newRun, type Run, type RunEvent } from './run.ts';

/**
 * The conversation after the event: the only code that changes one, used by the extension host and by the page.
 * Total: an event for a message that is not there leaves the conversation as it is.
 */
export function reduce(conversation: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case 'asked': {
      const { key, query, typed, contexts, askedAt, again, replaces } = event;
      const asked = { key, query, typed, contexts, askedAt, again };
      const message: Message = { ...asked, run: newRun, forgotten: false, rating: undefined };
      const kept = conversation.messages.filter((other) => other.key !== replaces && other.key !== key);
      return { ...conversation, messages: [...kept, message] };
    }
    case 'run':
      return reduceMessage(conversation, event.key, event.event);
    case 'rated':
      return { ...conversation, messages: conversation.messages.map((message) => rated(message, event)) };
    case 'named':
      return { ...conversation, name: event.name };
    case 'inputsSet':
      return { ...conversation, inputs: event.inputs };
    case 'refreshed':
      return conversation.id === event.conversation.id ? refresh(conversation, event.conversation) : conversation;
  }
}

function rated(message: Message, { key, rating }: Extract<ConversationEvent, { type: 'rated' }>): Message {
  return message.key === key ? { ...message, rating } : message;
}

function reduceMessage(conversation: Conversation, key: string, event: RunEvent): Conversation {
  const index = conversation.messages.findLastIndex((message) => message.key === key);
  const message = conversation.messages[index];
  if (message === undefined) return conversation;
  const run = reduceRun(message.run, event);
  if (run === message.run) return conversation;

  // A chatflow of Dify 1.14 answers an unknown conversation_id with a new conversation and says nothing about it.
  const id = event.type === 'started' ? (event.conversationId ?? conversation.id) : conversation.id;
  const forgotten = message.forgotten || (conversation.id !== undefined && id !== conversation.id);
  return { ...conversation, id, messages: conversation.messages.with(index, { ...message, run, forgotten }) };
}

/**
 * The server's history laid over the local copy. The server keeps no text of an answer that was stopped at the end of a node,
 * failed, or was not read to its end, so a longer local text wins over an empty one; a local message that the server does not
 * list (never taken, or still answering) stays.
 */
function refresh(local: Conversation, server: Conversation): Conversation {
  const known = new Set(local.messages.map(({ run }) => run.messageId));
  const listed = new Map(server.messages.map((message) => [message.run.messageId, message]));
  const unknown = new Set(server.messages.filter(({ run }) => !known.has(run.messageId)));
  const merged = local.messages.map((message) => {
    const { messageId } = message.run;
    const kept = messageId === undefined ? sameQuestion(message, unknown) : listed.get(messageId);
    if (kept === undefined) return message;
    unknown.delete(kept);
    return merge(message, kept);
  });
  return { ...local, messages: [...merged, ...unknown].toSorted((a, b) => a.askedAt - b.askedAt) };
}

/** What the server lists of a message that was stopped or cut off before its id was known. */
function sameQuestion(local: Message, unknown: ReadonlySet<Message>): Message | undefined {
  return [...unknown].find(({ query, askedAt }) => query === local.query && askedAt > local.askedAt - clockSkew);
}

/** The server tells whole seconds of its own clock. In milliseconds. */
const clockSkew = 60_000;

function merge(local: Message, server: Message): Message {
  const { status, text } = local.run;
  const run = { ...local.run, messageId: server.run.messageId };
  if (status.type === 'paused') return { ...local, run: resumedElsewhere(run, server.run) };
  // Of an answer that waited for a form Dify 1.14 stores one half twice, and the other not at all.
  const resumedHere = status.type === 'done' && local.run.forms.length > 0;
  const settled = (status.type === 'done' && !resumedHere) || status.type === 'incomplete';
  if (!settled || server.run.text === '' || server.run.text === text) return { ...local, run };
  return { ...local, run: { ...run, text: server.run.text, status: server.run.status } };
}

/** A run that waited here, as the server has it now. Dify 1.14 stores what was said before the pause twice. */
function resumedElsewhere(local: Run, server: Run): Run {
  const repeats = local.text !== '' && server.text.startsWith(local.text + local.text);
  const text = repeats ? server.text.slice(local.text.length) : server.text || local.text;
  return { ...local, text, status: server.status, forms: server.forms.length > 0 ? server.forms : local.forms };
}
