import type { ContextItem } from '../../conversation/conversation.ts';
import type { Home } from './talk.ts';

/** What goes along with a question, and before it. Another conversation than the question's may be shown by then. */
export interface Attachments {
  /** Whether the question may be asked now; if not, like before a form is filled in, its text stays in the composer. */
  ready(typed: string, home: Home): Promise<boolean>;
  /** Takes what is attached in the composer out of it, or reads again what once was; `query` is the text that is sent. */
  take(
    typed: string,
    home: Home,
    again?: readonly ContextItem[],
  ): Promise<{ contexts: readonly ContextItem[]; query: string }>;
  /** Attaches again what was not sent. */
  giveBack(contexts: readonly ContextItem[]): unknown;
}

/** Nothing is attached, and nothing is asked for before. */
export const noAttachments: Attachments = {
  ready: () => Promise.resolve(true),
  take: (query) => Promise.resolve({ query, contexts: [] }),
  giveBack: () => {},
};
