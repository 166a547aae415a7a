import { waitsForForm } from '../../conversation/humanInput.ts';
import type { OpenConversation } from './openConversation.ts';

type Going = 'answering' | 'needsYou' | 'draft';

/** What goes on in these conversations, by key; those that are idle are not in it. */
export function goingOf(all: readonly OpenConversation[]): ReadonlyMap<string, Going> {
  return new Map(
    all.flatMap((open) => {
      const going = goingIn(open);
      return going === undefined ? [] : [[open.conversation.key, going] as const];
    }),
  );
}

function goingIn({ answering, conversation, typed }: OpenConversation): Going | undefined {
  if (answering) return 'answering';
  if (waitsForForm(conversation)) return 'needsYou';
  const { text, contexts, files, queue } = typed;
  return text.trim() !== '' || [contexts, files, queue].some(({ length }) => length > 0) ? 'draft' : undefined;
}

/** Nothing was asked in it, and its form, if there is one, was not submitted. */
export function isUntouched({ conversation, idle }: OpenConversation): boolean {
  const { messages, id, inputs } = conversation;
  return messages.length === 0 && id === undefined && inputs === undefined && idle;
}
