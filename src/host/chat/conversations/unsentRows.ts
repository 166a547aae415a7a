import type { ConversationRow } from '../../../conversation/protocol.ts';
import type { Talk } from '../talk.ts';

/** So many characters of what is typed stand for a title. */
const most = 200;

/** Conversations of this window in which something is typed and nothing was asked yet: nothing else leads back to them. */
export function unsentRows(
  talk: Pick<Talk, 'going' | 'opened' | 'typedIn'>,
  appId: string,
  now: number,
): readonly ConversationRow[] {
  return [...talk.going(appId)].flatMap(([key, state]) => {
    const opened = talk.opened(appId, key);
    if (opened === undefined || opened.id !== undefined || opened.messages.length > 0) return [];
    const typed = talk.typedIn(appId, key)?.text ?? '';
    const firstQuestion = typed.trim().replaceAll(/\s+/g, ' ').slice(0, most).toWellFormed();
    const row = { changedAt: now, pinned: false, local: true, excerpt: undefined };
    return [{ ...row, key, name: opened.name, firstQuestion, state }];
  });
}
