import { emptyConversation, type Conversation, type Message } from '../../src/conversation/conversation.ts';
import type { ConversationEvent } from '../../src/conversation/events.ts';
import { newRun } from '../../src/conversation/run.ts';
import type { StoredCopy } from '../../src/conversation/stored.ts';

/** A conversation that differs from an empty one in these members. */
export function someConversation(change: Partial<Conversation>): Conversation {
  return { ...emptyConversation, ...change };
}

/** A question without an answer that differs in these members. */
export function someMessage(change: Partial<Message>): Message {
  const beside = { contexts: [], files: [], inputs: undefined };
  const added = { askedAt: 0, run: newRun, forgotten: false, again: undefined, rating: undefined };
  const { query = '' } = change;
  return { key: 'm1', query, typed: query, ...beside, ...added, ...change };
}

type Asked = Extract<ConversationEvent, { readonly type: 'asked' }>;

/** The event of a question that was asked. */
export function someQuestion(change: Partial<Asked>): Asked {
  const { query = '' } = change;
  const added = { contexts: [], files: [], inputs: undefined, askedAt: 0, again: undefined, replaces: undefined };
  return { type: 'asked', key: 'm1', query, typed: query, ...added, ...change };
}

/** What is kept of the conversation. */
export function someCopy(conversation: Conversation, change: Partial<StoredCopy> = {}): StoredCopy {
  const rest = { pinned: false, changedAt: 0, revision: 'r-1', removed: [], newer: false };
  return { conversation, ...rest, ...change };
}
