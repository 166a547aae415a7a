import type { Rating } from '../dify/feedback.ts';
import type { Fields } from '../dify/json.ts';
import type { ContextItem, Conversation, SentFile } from './conversation.ts';
import type { RunEvent } from './run.ts';

/** A question as it is asked: members as in `Message`. */
export interface Asked {
  readonly key: string;
  readonly query: string;
  readonly typed: string;
  readonly contexts: readonly ContextItem[];
  readonly files: readonly SentFile[];
  readonly inputs: Fields | undefined;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
  readonly again: string | undefined;
}

/** What happens to a conversation. */
export type ConversationEvent =
  | (Asked & {
      readonly type: 'asked';
      /** The `key` of a message that Dify never took and that this one repeats; it leaves the conversation. */
      readonly replaces: string | undefined;
    })
  /** Something happened to the answer of the message `key`. */
  | { readonly type: 'run'; readonly key: string; readonly event: RunEvent }
  | { readonly type: 'rated'; readonly key: string; readonly rating: Rating | undefined }
  | { readonly type: 'named'; readonly name: string }
  /** The form was submitted, or submitted anew. */
  | { readonly type: 'inputsSet'; readonly inputs: Fields }
  /** Another window went on in this conversation: what it has. */
  | { readonly type: 'joined'; readonly conversation: Conversation }
  /** What the server keeps of this conversation arrived. */
  | { readonly type: 'refreshed'; readonly conversation: Conversation };
