import type { Conversation } from '../conversation/conversation.ts';
import type { Failure } from '../conversation/failure.ts';
import { isOpen } from '../conversation/humanInput.ts';
import { isEnded, type Run } from '../conversation/run.ts';

/** What a screen reader is told without being asked: that something happened to the last answer, never its words. */
export type News =
  | { readonly type: 'answering' }
  | { readonly type: 'done'; readonly text: string }
  /** `title`: of the form that is waited for, or ''. */
  | { readonly type: 'paused'; readonly title: string }
  | { readonly type: 'stopped' }
  | { readonly type: 'failed'; readonly failure: Failure };

/** What is new in the last answer between two moments; `undefined` when nothing is worth saying. */
export function newsBetween(before: Conversation, after: Conversation): News | undefined {
  const last = after.messages.at(-1);
  if (last === undefined) return undefined;
  const earlier = before.messages.findLast((message) => message.key === last.key);
  if (earlier === undefined || isEnded(earlier.run) || earlier.run.status.type === last.run.status.type)
    return undefined;
  return newsOf(last.run);
}

function newsOf({ status, text, forms }: Run): News | undefined {
  switch (status.type) {
    case 'waiting':
      return undefined;
    case 'answering':
      return { type: 'answering' };
    case 'done':
      return { type: 'done', text };
    case 'paused':
      return { type: 'paused', title: forms.find(isOpen)?.form.node_title ?? '' };
    case 'stopped':
      return { type: 'stopped' };
    case 'incomplete':
    case 'failed':
      return { type: 'failed', failure: status.failure };
  }
}
