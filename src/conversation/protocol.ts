import type { Conversation } from './conversation.ts';
import type { ConversationEvent } from './events.ts';
import type { Remedy } from './failure.ts';

/** The face of a connected app: all of it is the app owner's text, shown as text. */
export interface AppFace {
  readonly name: string;
  /** Host and port that the app's server is reached at. */
  readonly host: string;
  readonly description: string;
  /** One emoji, or '' (then the first letter of the name is shown). */
  readonly emoji: string;
  /** Markdown, or ''. */
  readonly openingStatement: string;
  readonly suggestedQuestions: readonly string[];
  /** Plain http to another computer: the key and the text travel unencrypted. */
  readonly unencrypted: boolean;
}

/** All that the page shows. */
export interface ChatState {
  /** `undefined`: no chat app is connected yet. */
  readonly app: AppFace | undefined;
  readonly conversation: Conversation;
  /** What was typed and not yet taken by the server. */
  readonly draft: string;
}

/** Something changed in the {@link ChatState} that the page has. */
export type ChatEvent =
  | ConversationEvent
  /** The server did not take what was sent: the text goes back to the composer, unless something else was typed there. */
  | { readonly type: 'draftReturned'; readonly text: string };

/**
 * Extension host → page. A `snapshot` answers every `ready`; events follow it in order, each with the next number.
 * A gap in the numbers means a lost message: the page asks for a snapshot by another `ready`.
 */
export type ToWebview =
  | { readonly type: 'snapshot'; readonly seq: number; readonly state: ChatState }
  | { readonly type: 'events'; readonly seq: number; readonly events: readonly ChatEvent[] };

/** Page → extension host. One-way: nothing here has a reply, its effect comes back as an event. */
export type FromWebview =
  | { readonly type: 'ready' }
  | { readonly type: 'connect' }
  | { readonly type: 'send'; readonly query: string }
  | { readonly type: 'stop' }
  | { readonly type: 'newConversation' }
  /** A button under the failure of the message `key`. */
  | { readonly type: 'remedy'; readonly key: string; readonly remedy: Remedy }
  /** Ask the question of message `key` again. */
  | { readonly type: 'askAgain'; readonly key: string }
  /** The text in the composer changed. */
  | { readonly type: 'draft'; readonly text: string }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'openLink'; readonly href: string };
