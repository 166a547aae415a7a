import { setImmediate } from 'node:timers/promises';
import type { KeptConversation } from '../../../conversation/conversationRows.ts';
import type { ConversationSearch } from '../../../conversation/conversationSearch.ts';
import type { ConversationRow } from '../../../conversation/protocol.ts';

/** Other work of the extension host goes on after so many milliseconds of searching. */
const slice = 8;

interface Searching {
  /** In lower case; '' finds all. */
  readonly search: string;
  readonly kept: readonly KeptConversation[];
  readonly texts: ConversationSearch;
  /** Whether somebody still waits for it. */
  readonly isWanted: () => boolean;
}

/** The rows that the search finds; `undefined` if nobody waits for them any more. */
export async function foundRows(
  rows: readonly ConversationRow[],
  { search, kept, texts, isWanted }: Searching,
): Promise<readonly ConversationRow[] | undefined> {
  if (search === '') return rows;
  const byKey = new Map(kept.map(({ conversation }) => [conversation.key, conversation]));
  const found: ConversationRow[] = [];
  let began = performance.now();
  for (const row of rows) {
    const hit = texts.find(row, byKey.get(row.key), search);
    if (hit !== undefined) found.push(hit);
    if (performance.now() - began < slice) continue;
    await setImmediate();
    if (!isWanted()) return undefined;
    began = performance.now();
  }
  return found;
}
