import type { Conversation as Listed } from '../dify/conversations.ts';
import type { Conversation } from './conversation.ts';
import type { ConversationRow } from './protocol.ts';

/** A conversation that is kept on this computer. */
export interface KeptConversation {
  readonly conversation: Conversation;
  readonly pinned: boolean;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

/** What there is to make rows of. */
export interface RowSources {
  readonly kept: readonly KeptConversation[];
  /** Of the server, as far as it was read. */
  readonly listed: readonly Listed[];
  /** By key, those that are not idle. */
  readonly going: ReadonlyMap<string, Exclude<ConversationRow['state'], 'idle'>>;
}

/**
 * One row for each conversation, those changed last first. What the server and this computer both have is one row. What only this computer
 * has stays: the server may never have taken it, or somebody deleted it there.
 */
export function conversationRows({ kept, listed, going }: RowSources): readonly ConversationRow[] {
  const byId = new Map(listed.map((row) => [row.id, row]));
  const seen = new Set(kept.map(({ conversation }) => conversation.id));
  const local = kept.map((one) => localRow(one, byId.get(one.conversation.id ?? '')));
  const remote = [...byId.values()].filter(({ id }) => !seen.has(id)).map(remoteRow);
  return [...local, ...remote]
    .map((row) => ({ ...row, state: going.get(row.key) ?? row.state }))
    .toSorted((one, other) => other.changedAt - one.changedAt);
}

/** The name that a person or a model gave; '' for the beginning of the question that Dify puts in its place. */
export function givenName(name: string, firstQuestion: string): string {
  const begin = name.trim();
  return oneLine(firstQuestion).startsWith(oneLine(begin.replace(/(?:…|\.\.\.)$/, ''))) ? '' : begin;
}

function localRow({ conversation, pinned, changedAt }: KeptConversation, listed: Listed | undefined): ConversationRow {
  const { key, name, messages } = conversation;
  const firstQuestion = oneLine(messages[0]?.typed ?? '');
  return {
    key,
    // A name that was given elsewhere is newer than ours: ours is told to the server at once.
    name: (listed === undefined ? '' : givenName(listed.name, firstQuestion)) || name,
    firstQuestion,
    changedAt: Math.max(changedAt, (listed?.updated_at ?? 0) * 1_000),
    pinned,
    state: 'idle',
    local: true,
    excerpt: undefined,
  };
}

function remoteRow({ id, name, updated_at }: Listed): ConversationRow {
  const shared = { firstQuestion: '', pinned: false, state: 'idle', local: false, excerpt: undefined } as const;
  return { key: id, name: name.trim(), changedAt: updated_at * 1_000, ...shared };
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}
