import { seconds } from './clock.ts';

/** Values of an app's form after validation, by variable. */
export type Inputs = Readonly<Record<string, unknown>>;

/** A row of the server's message table. It exists before the answer does. */
export interface Message {
  readonly id: string;
  readonly conversationId: string;
  readonly inputs: Inputs;
  readonly query: string;
  /** Whole seconds. */
  readonly createdAt: number;
  /** '' until the answer is complete, and for good if the client went away or the model failed. */
  answer: string;
  status: 'normal' | 'error';
  error: string | null;
}

/** A row of the server's conversation table, with its messages in the order of their arrival. */
export interface Conversation {
  readonly id: string;
  readonly user: string;
  readonly inputs: Inputs;
  readonly introduction: string;
  readonly createdAt: number;
  updatedAt: number;
  name: string;
  /** A generated name, and when it can be read, in ms. */
  comingName: { readonly name: string; readonly at: number } | undefined;
  readonly messages: Message[];
  deleted: boolean;
}

/** The conversations of one app. */
export class Conversations {
  readonly #byId = new Map<string, Conversation>();

  add(conversation: Conversation): void {
    this.#byId.set(conversation.id, conversation);
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
