import type { Event } from 'vscode';
import type { Conversation } from '../../conversation/conversation.ts';
import type { ConversationEvent } from '../../conversation/events.ts';
import type { ChatEvent } from '../../conversation/protocol.ts';
import type { App } from '../app.ts';
import type { Beside, Typed } from '../conversationFiles.ts';

/** Where something stands: in a conversation, shown or not. */
export interface Home {
  readonly appId: string;
  /** The conversation's. */
  readonly key: string;
}

/** Something happened to a conversation of this window, shown or not. */
export interface Happened extends Home {
  readonly event: ConversationEvent;
}

/** What the parts of the chat need of it. */
export interface Talk {
  /** The app that is shown. */
  readonly app: App | undefined;
  /** The conversation that is shown. */
  readonly conversation: Conversation | undefined;
  /** Another app or another conversation is shown. */
  readonly onDidShow: Event<void>;
  readonly onDidHappen: Event<Happened>;
  /** A conversation was let go of, because it is deleted. */
  readonly onDidForget: Event<Home>;
  /** What goes on in the app's conversations of this window, by key; those that are idle are not in it. */
  going(appId: string): ReadonlyMap<string, 'answering' | 'needsYou' | 'draft'>;
  /** A conversation of this window as it is now, shown or not; `undefined` for one that is not open. */
  opened(appId: string, key: string): Conversation | undefined;
  /** Asks, or queues, in the open conversation of this key; else in the shown one. */
  send(query: string, key?: string): Promise<void>;
  /** Begins a conversation of the shown app, with this in the composer. */
  newConversation(draft?: string): Promise<void>;
  /** Shows the conversation; one that is open already goes on as it is. */
  openConversation(app: App, conversation: Conversation): Promise<void>;
  /** Puts text under what is typed. */
  addToDraft(text: string): Promise<void>;
  /** What is typed in an open conversation and not sent, and was when it was left. */
  typedIn(appId: string, key: string): Typed | undefined;
  /** Keeps for the next window what else is typed in an open conversation: what is attached, what stands in the form. */
  keepTyped(appId: string, key: string, beside: Partial<Beside>): void;
  /** Changes a conversation, open or only kept: a name, a rating, the form's inputs. */
  apply(appId: string, key: string, event: ConversationEvent): Promise<void>;
  /** Stops what a conversation answers, and shows a new one in its place: it stays as it is, until it is dropped or opened again. */
  leave(appId: string, key: string): Promise<void>;
  /** Lets go of a conversation that is deleted, without writing it; shows a new one in its place. */
  drop(appId: string, key: string): Promise<void>;
  /** Tells every page. */
  tell(event: ChatEvent): void;
}
