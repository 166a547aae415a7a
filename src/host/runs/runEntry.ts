import { titleOf as titleOfConversation } from '../../conversation/exported.ts';
import type { Conversation } from '../../conversation/conversation.ts';
import { titleOf, type Result } from '../../conversation/result.ts';
import type { Run } from '../../conversation/run.ts';
import type { ChatRun } from '../chatRuns.ts';

/** Where a run is shown: in a conversation of the chat, or in the document of an action. */
export type RunPlace = ({ readonly type: 'chat' } & ChatRun) | { readonly type: 'action'; readonly result: Result };

/** One run of this workspace: an answer of the chat, a run of a workflow, an action. */
export interface RunEntry {
  /** Unique among all runs, and the same whenever they are listed. */
  readonly id: string;
  readonly appId: string;
  /** What was asked, or done to which file, in one line; '' where the app was run without a question. */
  readonly title: string;
  /** When it was asked, in milliseconds since 1970. */
  readonly askedAt: number;
  /** Dify's, of an app that keeps conversations. */
  readonly conversationId: string | undefined;
  readonly run: Run;
  readonly place: RunPlace;
}

/** The runs of a conversation. */
export function runsOfConversation(appId: string, conversation: Conversation): readonly RunEntry[] {
  const { key, id: conversationId, messages } = conversation;
  return messages.map((message) => ({
    id: `chat ${key} ${message.key}`,
    appId,
    title: titleOfConversation({ name: '', messages: [message] }),
    askedAt: message.askedAt,
    conversationId,
    run: message.run,
    place: { type: 'chat', appId, conversation: key, message: message.key },
  }));
}

/** The runs of an action's last answer: one for each part of the text. */
export function runsOfResult(result: Result): readonly RunEntry[] {
  const { askedAt = 0, parts = [] } = result.answers.at(-1) ?? {};
  return parts.map(({ run, conversationId }, part) => ({
    id: `action ${result.id} ${part}`,
    appId: result.app.id,
    title: parts.length === 1 ? titleOf(result) : `${titleOf(result)} (${part + 1}/${parts.length})`,
    askedAt,
    conversationId,
    run,
    place: { type: 'action', result },
  }));
}

/** All of them, the newest first. What is open says more than what is kept of the same run. */
export function newestFirst(kept: readonly RunEntry[], open: readonly RunEntry[]): readonly RunEntry[] {
  const all = new Map([...kept, ...open].map((entry) => [entry.id, entry]));
  return [...all.values()].toSorted((a, b) => b.askedAt - a.askedAt);
}
