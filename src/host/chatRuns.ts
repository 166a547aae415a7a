import type { Conversation } from '../conversation/conversation.ts';

/** An answer in a conversation of the chat, by our keys. */
export interface ChatRun {
  readonly appId: string;
  readonly conversation: string;
  readonly message: string;
}

/** A conversation that is open in this window. */
export interface OpenChat {
  readonly appId: string;
  readonly conversation: Conversation;
}

/** What is done with answers of the chat from outside of it. */
export interface ChatRuns {
  /** Shows the answer. */
  open(run: ChatRun): Promise<void>;
  stop(run: ChatRun): void;
  /** Asks the same again. */
  again(run: ChatRun): Promise<void>;
  /** Reads on what became of an answer that was cut off. */
  fetchRest(run: ChatRun): Promise<void>;
}
