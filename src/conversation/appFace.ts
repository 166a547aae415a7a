import type { InputControl } from '../dify/inputForm.ts';

/** The face of a connected app: all of it is the app owner's text, shown as text. */
export interface AppFace {
  /** Tells apps of one name apart. */
  readonly id: string;
  readonly name: string;
  /** Dify's mode of the app, like `advanced-chat`. */
  readonly mode: string;
  /** Host and port that the app's server is reached at. */
  readonly host: string;
  readonly description: string;
  /** Its picture as a `data:` address of an image, if the host has it. */
  readonly icon: string | undefined;
  /** One emoji, or '' (then the first letter of the name is shown). */
  readonly emoji: string;
  /** Markdown with `{{variable}}` placeholders, or ''. */
  readonly openingStatement: string;
  readonly suggestedQuestions: readonly string[];
  /** What the app asks for before the first question, in the owner's order; none for most. */
  readonly form: readonly InputControl[];
  /** What the owner says beside every answer, or ''. */
  readonly disclaimer: string;
  /** An address or text, or ''. */
  readonly privacyPolicy: string;
  /** Whether answers can be spoken, and are to be spoken unasked. */
  readonly speech: 'off' | 'onRequest' | 'always';
  /** Whether its owner wants the steps of its workflow to be seen. */
  readonly showsSteps: boolean;
  /** Emojis of an agent's tools, by the tool's name. */
  readonly toolIcons: Readonly<Record<string, string>>;
  /** Whether it turns recordings into text. */
  readonly hears: boolean;
  /** Which files may go along with a question, for people, like "images, documents, up to 3, 15 MB each"; '' for none. */
  readonly takesFiles: string;
  /** Plain http to another computer: the key and the text travel unencrypted. */
  readonly unencrypted: boolean;
  /** Dify's id of the published version that is run in place of the latest; '' if none is. */
  readonly pinnedVersion: string;
}

/** A connected app that can chat, to choose from. */
export interface AppChoice {
  readonly id: string;
  readonly name: string;
  readonly mode: string;
  readonly host: string;
  readonly icon: string | undefined;
  readonly emoji: string;
  readonly keyMissing: boolean;
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
