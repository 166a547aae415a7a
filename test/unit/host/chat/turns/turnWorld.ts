import { EventEmitter } from 'vscode';
import type { Conversation, Message } from '../../../../../src/conversation/conversation.ts';
import type { ConversationEvent } from '../../../../../src/conversation/events.ts';
import type { StateChange } from '../../../../../src/conversation/protocol.ts';
import { reduce } from '../../../../../src/conversation/reduce.ts';
import { newRun, type Run } from '../../../../../src/conversation/run.ts';
import { getParameters, type AppParameters } from '../../../../../src/dify/app.ts';
import type { DifyClient } from '../../../../../src/dify/client.ts';
import type { App } from '../../../../../src/host/app.ts';
import type { ChatPart } from '../../../../../src/host/chat/part.ts';
import type { Happened, Home, Talk } from '../../../../../src/host/chat/talk.ts';
import { Log } from '../../../../../src/host/log.ts';
import { someConversation, someMessage } from '../../../../support/conversations.ts';
import { clientAnswering, neverAborted } from '../../../../support/difyClient.ts';
import { testApp } from '../../../../support/hostState.ts';
import { logChannel } from '../../../../support/logChannel.ts';
import { responseOf } from '../../../../support/recordedRuns.ts';
import type { RecordedExchange } from '../../../../support/recordings.ts';

/** An answer that has ended, as message `k`. */
export function answeredMessage(run: Partial<Run> = {}): Message {
  return someMessage({
    key: 'k',
    run: { ...newRun, text: 'An answer.', messageId: 'm', status: { type: 'done' }, ...run },
  });
}

/** A chat that shows one conversation with one answer, and a server that answers with these recorded answers, one after the other. */
export class TurnWorld {
  readonly app: App = testApp('one');
  conversation: Conversation = someConversation({ key: 'c', id: 'c1', messages: [answeredMessage()] });
  readonly happened = new EventEmitter<Happened>();
  readonly shown = new EventEmitter<void>();
  /** Requests as the server got them. */
  readonly asked: { readonly path: string; readonly body: unknown }[] = [];
  readonly lines: string[];
  readonly log: Log;
  readonly #answers: RecordedExchange[] = [];
  readonly #client: DifyClient;

  constructor() {
    const { channel, lines } = logChannel();
    this.lines = lines;
    this.log = new Log(channel);
    this.#client = clientAnswering((url, init) => this.#answer(url, init));
  }

  readonly clients = { of: (): DifyClient => this.#client };

  /** The server's next answers. */
  answersWith(...answers: RecordedExchange[]): void {
    this.#answers.push(...answers);
  }

  /** What the parts hear and do. */
  get talk(): Talk {
    const unused = (): Promise<void> => Promise.reject(new Error('Not of this test'));
    const now = (): Conversation => this.conversation;
    return {
      app: this.app,
      get conversation() {
        return now();
      },
      onDidShow: this.shown.event,
      onDidHappen: this.happened.event,
      onDidForget: new EventEmitter<Home>().event,
      opened: (_, key) => (key === now().key ? now() : undefined),
      going: () => new Map(),
      typedIn: () => undefined,
      keepTyped: () => {},
      send: unused,
      newConversation: unused,
      openConversation: unused,
      addToDraft: unused,
      apply: (_, key, event) => Promise.resolve(this.happen(event, key)),
      leave: unused,
      drop: unused,
      tell: () => {},
    };
  }

  happen(event: ConversationEvent, key = this.conversation.key): void {
    if (key === this.conversation.key) this.conversation = reduce(this.conversation, event);
    this.happened.fire({ appId: this.app.id, key, event });
  }

  /** The answer of message `k` has ended well. */
  end(): void {
    this.happened.fire({
      appId: this.app.id,
      key: this.conversation.key,
      event: { type: 'run', key: 'k', event: { type: 'answered', usage: undefined } },
    });
  }

  #answer({ pathname }: URL, { body }: RequestInit): Response {
    this.asked.push({
      path: pathname.replace('/v1', ''),
      body: typeof body === 'string' ? JSON.parse(body) : undefined,
    });
    const next = this.#answers.shift();
    if (next === undefined) throw new TypeError('fetch failed');
    return responseOf(next);
  }
}

/** The parameters of an app without features but these. */
export async function parametersWith(change: Partial<AppParameters>): Promise<AppParameters> {
  const client = clientAnswering(() => Response.json({}));
  return { ...(await getParameters(client, neverAborted)), ...change };
}

/** The next change of the part. */
export function changeOf(part: ChatPart): Promise<StateChange> {
  return new Promise((resolve) => {
    const listening = part.onDidChange((change) => {
      listening.dispose();
      resolve(change);
    });
  });
}
