import * as v from 'valibot';
import type { Conversation } from './conversation.ts';
import type { ConversationEvent } from './events.ts';
import { remedies } from './failure.ts';

/** The face of a connected app: all of it is the app owner's text, shown as text. */
export interface AppFace {
  /** Tells apps of one name apart. */
  readonly id: string;
  readonly name: string;
  /** Host and port that the app's server is reached at. */
  readonly host: string;
  readonly description: string;
  /** Its picture as a `data:` address of an image, if the host has it. */
  readonly icon: string | undefined;
  /** One emoji, or '' (then the first letter of the name is shown). */
  readonly emoji: string;
  /** Markdown, or ''. */
  readonly openingStatement: string;
  readonly suggestedQuestions: readonly string[];
  /** Plain http to another computer: the key and the text travel unencrypted. */
  readonly unencrypted: boolean;
}

/** What a person should know while they use the app: at most one of each kind. */
export type Notice =
  | {
      readonly kind: 'offline';
      readonly host: string;
      /** When it was last tried, in epoch milliseconds. */ readonly at: number;
    }
  | { readonly kind: 'demo' }
  | { readonly kind: 'unencrypted'; readonly url: string };

/** Notices that may be hidden. Who cannot reach the server is told until it answers. */
export const hideableNotices = ['demo', 'unencrypted'] as const;
export type HideableNotice = (typeof hideableNotices)[number];

/** All that the page shows. */
export interface ChatState {
  /** `undefined`: no chat app is connected yet. */
  readonly app: AppFace | undefined;
  readonly conversation: Conversation;
  /** What was typed and not yet taken by the server. */
  readonly draft: string;
  readonly notices: readonly Notice[];
}

/** Something changed in the {@link ChatState} that the page has. */
export type ChatEvent =
  | ConversationEvent
  /** The server did not take what was sent: the text goes back to the composer, unless something else was typed there. */
  | { readonly type: 'draftReturned'; readonly text: string }
  /** Something to ask about goes under what is typed in the composer. */
  | { readonly type: 'draftAdded'; readonly text: string };

/**
 * Extension host → page. A `snapshot` answers every `ready`; events follow it in order, each with the next number.
 * A gap in the numbers means a lost message: the page asks for a snapshot by another `ready`.
 */
export type ToWebview =
  | { readonly type: 'snapshot'; readonly seq: number; readonly state: ChatState }
  | { readonly type: 'events'; readonly seq: number; readonly events: readonly ChatEvent[] };

/** What a person may want of the host that needs no more words. */
const wishes = [
  'connect',
  'startDemo',
  'leaveDemo',
  'howItWorks',
  'switchApp',
  'changeAddress',
  'retryConnection',
  'showLog',
] as const;
export type Wish = (typeof wishes)[number];

/** Longest text that a message may carry, in UTF-16 code units. */
const text = v.pipe(v.string(), v.maxLength(1_000_000));
/** A key or an address. */
const word = v.pipe(v.string(), v.maxLength(4_096));

const fromWebview = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.picklist(wishes) }),
  v.object({ type: v.literal('hideNotice'), kind: v.picklist(hideableNotices) }),
  v.object({ type: v.literal('showNotice'), kind: v.picklist(hideableNotices) }),
  v.object({ type: v.literal('send'), query: text }),
  v.object({ type: v.literal('stop') }),
  v.object({ type: v.literal('newConversation') }),
  /** A button under the failure of the message `key`. */
  v.object({ type: v.literal('remedy'), key: word, remedy: v.picklist(remedies) }),
  /** Ask the question of message `key` again. */
  v.object({ type: v.literal('askAgain'), key: word }),
  /** The text in the composer changed. */
  v.object({ type: v.literal('draft'), text }),
  v.object({ type: v.literal('copy'), text }),
  v.object({ type: v.literal('openLink'), href: word }),
]);

/** Page → extension host. One-way: nothing here has a reply, its effect comes back as an event. */
export type FromWebview = v.InferOutput<typeof fromWebview>;

/** The message, or `undefined` for anything else: what a page posts is not trusted to be ours. */
export function parseFromWebview(message: unknown): FromWebview | undefined {
  return v.is(fromWebview, message) ? message : undefined;
}
