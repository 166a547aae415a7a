import type { Conversation } from './conversation.ts';
import type { RunEvent } from './run.ts';

/** What happens to a conversation. */
export type ConversationEvent =
  | {
      readonly type: 'asked';
      readonly key: string;
      readonly query: string;
      /** Milliseconds since 1970. */
      readonly askedAt: number;
      /** The `key` of a message that Dify never took and that this one repeats; it leaves the conversation. */
      readonly replaces: string | undefined;
    }
  /** Something happened to the answer of the message `key`. */
  | { readonly type: 'run'; readonly key: string; readonly event: RunEvent }
  /** What the server keeps of this conversation arrived. */
  | { readonly type: 'refreshed'; readonly conversation: Conversation };
