import type { Rating } from '../dify/feedback.ts';
import type { Fields } from '../dify/json.ts';
import type { Run } from './run.ts';

/** What of the editor goes along with a question: what it is called, never what it says. */
export interface ContextItem {
  /** Ours, unique among those that are attached at the same time. */
  readonly key: string;
  readonly kind: 'selection' | 'file' | 'problems' | 'diff' | 'clipboard';
  /** A file's path in the workspace, or what the context is called; '' where the kind says it all. */
  readonly name: string;
  /** First and last line of a file, from 1; `undefined` for all of it. */
  readonly lines: readonly [first: number, last: number] | undefined;
  /** UTF-16 code units of its text. */
  readonly size: number;
}

/** A file that went along with a question. */
export interface SentFile {
  readonly name: string;
  /** Dify's class of it: `image`, `document`, `audio`, `video` or `custom`. */
  readonly type: string;
  /** Bytes; `undefined` for a file on the web, and where the server does not say. */
  readonly size: number | undefined;
  /** How a request names it: a file mapping. Empty where only the history knows of it: then it cannot be sent again. */
  readonly mapping: Fields;
  /** A small picture of it as a `data:` address, of images that were on this computer. */
  readonly thumbnail: string | undefined;
}

/** One question and its answer. Dify calls the pair a message. */
export interface Message {
  /** Ours, unique in the conversation: Dify's id is not known before its first event. */
  readonly key: string;
  /** As it is sent to Dify: what the person wrote, and what they attached. */
  readonly query: string;
  /** What the person wrote. Of a message that only the server's history knows: all of the query. */
  readonly typed: string;
  /** What was attached, in its order. */
  readonly contexts: readonly ContextItem[];
  /** What was uploaded for it, in its order. */
  readonly files: readonly SentFile[];
  /** What this one was asked with, where it is not the conversation's: an app without a conversation is run with other values each time. */
  readonly inputs: Fields | undefined;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
  readonly run: Run;
  /** Dify no longer knew the conversation and answered in a new one: the app does not remember what is above. */
  readonly forgotten: boolean;
  /** The `key` of the message whose question this one asks again: the app remembers both. */
  readonly again: string | undefined;
  /** What the person thought of the answer. */
  readonly rating: Rating | undefined;
}

/** A conversation with one app, as it is shown. */
export interface Conversation {
  /** Ours, unique: a conversation has it before Dify names it, and keeps it where Dify begins a new one. */
  readonly key: string;
  /** Dify's `conversation_id`; `undefined` until the first answer begins. */
  readonly id: string | undefined;
  /** Dify's name for it, or the person's; '' until it has one. */
  readonly name: string;
  /** What the app's form was filled in with: goes with every question. `undefined` until the form was submitted. */
  readonly inputs: Fields | undefined;
  /** In the order asked, the oldest first. */
  readonly messages: readonly Message[];
}

/** Nothing asked yet. */
export function newConversation(): Conversation {
  return { ...emptyConversation, key: crypto.randomUUID() };
}

/** No conversation: what a page shows before it knows one. */
export const emptyConversation: Conversation = { key: '', id: undefined, name: '', inputs: undefined, messages: [] };
