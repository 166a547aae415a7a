import type { Conversation, Message } from './conversation.ts';
import type { ConversationEvent } from './events.ts';
import { reduceRun } from './reduceRun.ts';
import { isEnded, newRun, type Run, type RunEvent } from './run.ts';

/**
 * The conversation after the event: the only code that changes one, used by the extension host and by the page.
 * Total: an event for a message that is not there leaves the conversation as it is.
 */
export function reduce(conversation: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case 'asked': {
      const { type: _, replaces, ...asked } = event;
      const message: Message = { ...asked, run: newRun, forgotten: false, rating: undefined };
      const kept = conversation.messages.filter((other) => other.key !== replaces && other.key !== asked.key);
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
    case 'joined':
      return conversation.key === event.conversation.key ? join(conversation, event.conversation) : conversation;
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

/** Two windows' views of one conversation: what either asked is in it, and of both versions of an answer the one that got further. */
function join(here: Conversation, there: Conversation): Conversation {
  const theirs = new Map(there.messages.map((message) => [message.key, message]));
  const known = new Set(here.messages.map(({ key }) => key));
  const messages = here.messages.map((message) => further(message, theirs.get(message.key)));
  const added = there.messages.filter(({ key }) => !known.has(key));
  const all = [...messages, ...added].toSorted((a, b) => a.askedAt - b.askedAt);
  const { id = there.id, inputs = there.inputs } = here;
  return { ...here, id, name: there.name || here.name, inputs, messages: all };
}

function further(here: Message, there: Message | undefined): Message {
  if (there === undefined) return here;
  const more = rank(there.run) - rank(here.run) || there.run.text.length - here.run.text.length;
  return more > 0 ? there : { ...here, rating: there.rating };
}

/** How far an answer got. One that is cut off may yet be fetched. */
function rank(run: Run): number {
  if (!isEnded(run)) return 0;
  return run.status.type === 'incomplete' ? 1 : run.status.type === 'done' ? 3 : 2;
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

/** What the server's history has of a message of ours; `undefined` if nothing. @param others as in `CutAnswer` */
export function listedAs(
  message: Pick<Message, 'query' | 'askedAt' | 'run'>,
  history: Conversation,
  others: ReadonlySet<string> = new Set(),
): Message | undefined {
  const { messageId } = message.run;
  const unknown = history.messages.filter(({ run }) => !others.has(run.messageId ?? ''));
  if (messageId === undefined) return sameQuestion(message, new Set(unknown));
  return history.messages.find((other) => other.run.messageId === messageId);
}

/** What the server lists of a message that was stopped or cut off before its id was known. */
function sameQuestion(local: Pick<Message, 'query' | 'askedAt'>, unknown: ReadonlySet<Message>): Message | undefined {
  return [...unknown].find(({ query, askedAt }) => query === local.query && askedAt > local.askedAt - clockSkew);
}

/** The server tells whole seconds of its own clock. In milliseconds. */
export const clockSkew = 60_000;

function merge(local: Message, server: Message): Message {
  const { status, text } = local.run;
  const run = { ...local.run, messageId: server.run.messageId };
  if (status.type === 'paused') return { ...local, run: waiting(run, server.run) };
  const nothingNew = server.run.text === '' || server.run.text === text || server.run.text === withoutFiles(text);
  if (nothingNew || !isBetterKnownThere(local.run, server.run)) return { ...local, run };
  return { ...local, run: { ...run, text: server.run.text, status: server.run.status } };
}

/** A chatflow's pictures stand in what is streamed, and not in what is stored: there they are files of the message only. */
function withoutFiles(text: string): string {
  return text.replaceAll(/!?\[[^\][]*\]\((?=[^()\s]*\/files\/)[^()\s]*\)/g, '');
}

function isBetterKnownThere({ status, forms, messageId }: Run, server: Run): boolean {
  switch (status.type) {
    case 'done':
      // Of an answer that waited for a form Dify 1.14 stores one half twice, and the other not at all.
      return forms.length === 0;
    case 'failed':
      // Sent, and nothing heard of it but that it failed: the server did not fail.
      return messageId === undefined && server.status.type === 'done';
    default:
      return status.type === 'incomplete';
  }
}

/**
 * A run that waited here, and what the server's history knows of its forms. Whether it goes on is not in the history, which has an answer
 * that grows for a whole one, and what it says after a pause is not all: whoever attaches to the run hears it.
 */
function waiting(local: Run, server: Run): Run {
  const isOver = server.status.type === 'failed' || local.runId === undefined;
  const forms = server.forms.length > 0 ? server.forms : local.forms;
  const [first, second] = isOver ? [server, local] : [local, server];
  return { ...local, forms, status: first.status, text: first.text || second.text };
}
