import type { Run } from './run.ts';

/** One question and its answer. Dify calls the pair a message. */
export interface Message {
  /** Ours, unique in the conversation: Dify's id is not known before its first event. */
  readonly key: string;
  readonly query: string;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
  readonly run: Run;
  /** Dify no longer knew the conversation and answered in a new one: the app does not remember what is above. */
  readonly forgotten: boolean;
}

/** A conversation with one app, as it is shown. */
export interface Conversation {
  /** Dify's `conversation_id`; `undefined` until the first answer begins. */
  readonly id: string | undefined;
  /** In the order asked, the oldest first. */
  readonly messages: readonly Message[];
}

/** Nothing asked yet. */
export const emptyConversation: Conversation = { id: undefined, messages: [] };
