import type { Conversation } from '../../../conversation/conversation.ts';
import type { KeptConversation } from '../../../conversation/conversationRows.ts';
import type { App } from '../../app.ts';
import type { Talk } from '../talk.ts';

/** The conversation that is shown, if it is one of the app. */
export function shownOf(talk: Talk, app: Pick<App, 'id'> | undefined): Conversation | undefined {
  return talk.app !== undefined && talk.app.id === app?.id ? talk.conversation : undefined;
}

/** What is shown is newer than what is on the disk of it. */
export function withShown(
  kept: readonly KeptConversation[],
  shown: Conversation | undefined,
): readonly KeptConversation[] {
  const last = shown?.messages.at(-1);
  if (shown === undefined || last === undefined) return kept;
  const known = kept.find(({ conversation }) => conversation.key === shown.key);
  const others = kept.filter((one) => one !== known);
  if (known === undefined) return [{ pinned: false, changedAt: last.askedAt, conversation: shown }, ...others];
  return [{ ...known, conversation: shown, changedAt: Math.max(known.changedAt, last.askedAt) }, ...others];
}
