import type { AgentThought } from '../agent/thought.ts';
import type { App } from '../apps.ts';
import { seconds } from '../clock.ts';
import type { MessageFile } from '../files/store.ts';
import type { Form } from '../humanInput/form.ts';

/** Values of an app's form after validation, by variable. */
export type Inputs = Readonly<Record<string, unknown>>;

/** A row of the server's message table. It exists before the answer does. */
export interface Message {
  readonly id: string;
  readonly conversationId: string;
  readonly user: string;
  readonly inputs: Inputs;
  readonly query: string;
  /** Whole seconds. */
  readonly createdAt: number;
  /** '' until the answer is complete, and for good if the client went away or the model failed. */
  answer: string;
  status: 'normal' | 'error' | 'paused';
  error: string | null;
  readonly files: MessageFile[];
  feedback: Feedback | undefined;
  /** Rounds of an agent, by position. */
  readonly thoughts: AgentThought[];
  /** Those that the turn has waited for, or does. */
  readonly forms: Form[];
  /** What the answer was taken from, as `message_end` has it. */
  citations?: readonly Citation[];
}

/** What a person thinks of an answer. */
export interface Feedback {
  readonly id: string;
  readonly rating: 'like' | 'dislike';
  readonly content: string | null;
  /** Whole seconds, as the next. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A piece of a document in the answer of a chatflow. */
export type Citation = Readonly<Record<string, unknown>>;

/** A value that a chatflow keeps in a conversation. */
export interface ConversationVariable {
  readonly id: string;
  readonly name: string;
  /** `string`, `number`, `array[object]` and so on. */
  readonly type: string;
  readonly description: string;
  readonly createdAt: number;
  updatedAt: number;
  value: unknown;
}

/** A row of the server's conversation table, with its messages in the order of their arrival. */
export interface Conversation {
  readonly id: string;
  readonly user: string;
  /** The app as it was when the conversation began: its form and its model stay. */
  readonly app: App;
  readonly inputs: Inputs;
  readonly introduction: string;
  readonly createdAt: number;
  updatedAt: number;
  name: string;
  /** A generated name, and when it can be read, in ms. */
  comingName: { readonly name: string; readonly at: number } | undefined;
  readonly messages: Message[];
  /** Of a chatflow, from its first run on. */
  variables?: ConversationVariable[];
  deleted: boolean;
}

/** The conversations of one app, and all its messages: those of a text generator are in no conversation that shows. */
export class Conversations {
  readonly #byId = new Map<string, Conversation>();
  readonly #messages = new Map<string, Message>();

  add(conversation: Conversation): void {
    this.#byId.set(conversation.id, conversation);
  }

  addMessage(message: Message): void {
    this.#messages.set(message.id, message);
  }

  message(id: string): Message | undefined {
    return this.#messages.get(id);
  }

  /** In the order of their arrival. */
  messages(): readonly Message[] {
    return [...this.#messages.values()];
  }

  /** Another user's conversation is as unknown as one that never was. */
  find(id: string, user: string): Conversation | undefined {
    const conversation = this.#byId.get(id);
    return conversation?.user === user ? conversation : undefined;
  }

  /** @param now Milliseconds: names that were due by then are in place. */
  of(user: string, now: number): readonly Conversation[] {
    const conversations = [...this.#byId.values()].filter((conversation) => conversation.user === user);
    for (const conversation of conversations) landName(conversation, now);
    return conversations;
  }

  /** Deletes for whoever asks; who may is the caller's question. */
  delete(id: string): void {
    const conversation = this.#byId.get(id);
    if (conversation === undefined) return;
    conversation.deleted = true;
    this.#byId.delete(id);
  }
}

function landName(conversation: Conversation, now: number): void {
  const { comingName } = conversation;
  if (comingName === undefined || comingName.at > now) return;
  conversation.name = comingName.name;
  conversation.updatedAt = Math.max(conversation.updatedAt, seconds(comingName.at));
  conversation.comingName = undefined;
}
