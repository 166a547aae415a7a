import type { Conversation, Message } from './conversation.ts';
import type { RunStatus } from './run.ts';
import type { StoredCopy } from './stored.ts';

/** What two copies of a conversation say. */
export type Copy = Pick<StoredCopy, 'conversation' | 'pinned' | 'changedAt' | 'removed'>;

/**
 * One copy of two that went their own ways: every message that one of them has and none of them removed. Where both have one, the one
 * that changed since; where both changed it, the one that got further.
 *
 * @param base what `mine` was when it was last read or written
 */
export function mergeCopies(base: Conversation, mine: Copy, theirs: Copy): Copy {
  const removed = [...new Set([...theirs.removed, ...mine.removed])];
  return {
    conversation: {
      key: mine.conversation.key,
      id: changed(base.id, mine.conversation.id, theirs.conversation.id),
      name: changed(base.name, mine.conversation.name, theirs.conversation.name),
      inputs: changed(base.inputs, mine.conversation.inputs, theirs.conversation.inputs),
      messages: mergeMessages(base, mine, theirs).filter(({ key }) => !removed.includes(key)),
    },
    pinned: theirs.pinned,
    changedAt: Math.max(mine.changedAt, theirs.changedAt),
    removed,
  };
}

function mergeMessages(base: Conversation, mine: Copy, theirs: Copy): readonly Message[] {
  const before = byKey(base.messages);
  const merged = new Map(byKey(theirs.conversation.messages));
  for (const message of mine.conversation.messages) {
    const other = merged.get(message.key);
    merged.set(message.key, other === undefined ? message : mergeMessage(before.get(message.key), message, other));
  }
  return [...merged.values()].toSorted((a, b) => a.askedAt - b.askedAt || (a.key < b.key ? -1 : 1));
}

/** Mine where they did not touch it, theirs where I did not; else the one that got further, with what only one of them knows. */
function mergeMessage(base: Message | undefined, mine: Message, theirs: Message): Message {
  if (base === mine) return furthest(theirs, mine);
  if (base !== undefined && JSON.stringify(base) === JSON.stringify(theirs)) return mine;
  return furthest(mine, theirs);
}

/** Of two copies of one message the one whose answer got further; `first` if they are alike. */
export function furthest(first: Message, second: Message): Message {
  const [a, b] = [rankOf(first), rankOf(second)];
  if (a !== b) return a > b ? first : second;
  return first.run.text.length >= second.run.text.length ? first : second;
}

function rankOf({ run }: Message): number {
  return ranks[run.status.type];
}

/** What is done stays done; what waits for a person may have gone on elsewhere. */
const ranks: Readonly<Record<RunStatus['type'], number>> = {
  waiting: 0,
  answering: 1,
  paused: 2,
  incomplete: 3,
  failed: 4,
  stopped: 5,
  done: 6,
};

function changed<T>(base: T, mine: T, theirs: T): T {
  return mine === base || mine === undefined ? theirs : mine;
}

function byKey(messages: readonly Message[]): ReadonlyMap<string, Message> {
  return new Map(messages.map((message) => [message.key, message]));
}
