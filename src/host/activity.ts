import type { Message } from '../conversation/conversation.ts';
import type { App } from './app.ts';

/** What an app is busy with, for people. */
export interface Work {
  readonly appId: string;
  readonly title: string;
}

/** What goes on in the chat of this window. */
export interface ChatActivity {
  /** The answer that runs, the one that is shown before others. */
  readonly answering: Work | undefined;
  /** The runs that wait until the person has filled in a form; `until` in milliseconds since 1970, where Dify says it. */
  readonly waiting: readonly { readonly appId: string; readonly until: number | undefined }[];
}

/** An answer that was given outside the chat, and that the person wants to talk about. */
export interface Answered {
  readonly app: App;
  /** Dify's, where the app keeps the answer in a conversation. */
  readonly conversationId: string | undefined;
  readonly text: string;
  /** The question, where its run waits for a form: that is answered in the chat. */
  readonly waiting: Message | undefined;
  /** What the text is, like "Summary of notes.md". */
  readonly about: string;
}
