import assert from 'node:assert/strict';
import { EventEmitter } from 'vscode';
import { emptyConversation, type Conversation } from '../../../../../src/conversation/conversation.ts';
import type { KeptConversation } from '../../../../../src/conversation/conversationRows.ts';
import { conversationOf } from '../../../../../src/conversation/history.ts';
import type { ConversationList } from '../../../../../src/conversation/protocol.ts';
import { reduce } from '../../../../../src/conversation/reduce.ts';
import { createDemoServer } from '../../../../../src/demo/server.ts';
import { ApiKey } from '../../../../../src/dify/apiKey.ts';
import { chat } from '../../../../../src/dify/chat.ts';
import { DifyClient } from '../../../../../src/dify/client.ts';
import { getConversations } from '../../../../../src/dify/conversations.ts';
import { getMessages } from '../../../../../src/dify/messages.ts';
import { ConversationsPart } from '../../../../../src/host/chat/conversations/conversationsPart.ts';
import type { ListPorts } from '../../../../../src/host/chat/conversations/ports.ts';
import type { Happened, Talk } from '../../../../../src/host/chat/talk.ts';
import { Log } from '../../../../../src/host/log.ts';
import { neverAborted } from '../../../../support/difyClient.ts';
import { t } from '../../../../support/english.ts';
import { testApp } from '../../../../support/hostState.ts';
import { logChannel } from '../../../../support/logChannel.ts';

/** Of the talk, what the lists call. */
type FakeTalk = Pick<
  Talk,
  'apply' | 'leave' | 'drop' | 'openConversation' | 'going' | 'opened' | 'typedIn' | 'onDidHappen' | 'onDidShow'
> & {
  app: Talk['app'];
  conversation: Conversation | undefined;
};

/** A window whose app is at a Dify server inside this process. */
export class World {
  readonly #server;
  readonly app;
  readonly client: DifyClient;
  /** `METHOD /path`, in the order of arrival. */
  readonly calls: string[] = [];
  readonly kept = new Map<string, KeptConversation>();
  readonly happened = new EventEmitter<Happened>();
  readonly shown = new EventEmitter<void>();
  readonly written = new EventEmitter<{ appId: string; key: string }>();
  readonly timers: (() => void)[] = [];
  readonly left: string[] = [];
  readonly dropped: string[] = [];
  /** By key, what is typed in conversations in which nothing was asked. */
  readonly typed = new Map<string, string>();
  /** What was said outside of the page. */
  readonly said: string[] = [];
  readonly talk: FakeTalk;
  readonly ports: ListPorts;
  readonly part: ConversationsPart;
  down = false;
  /** What the server's model calls a conversation; '' for what the demo's does. */
  suggested = '';

  /** @param mode of the app that is shown */
  constructor(mode = 'chat') {
    this.app = testApp('one', { mode });
    this.#server = createDemoServer({ tokensPerSecond: Infinity });
    const key = this.#server.apps.find((app) => app.mode === mode)?.key ?? assert.fail(mode);
    const baseUrl = 'http://dify.test/v1';
    const connection = { baseUrl, apiKey: new ApiKey(key, 'http://dify.test'), user: 'ada' };
    const answer = async (url: string, init: RequestInit): Promise<Response> => {
      this.calls.push(`${init.method ?? 'GET'} ${new URL(url).pathname.slice(3)}`);
      if (this.down) throw new TypeError('fetch failed');
      const isNaming = url.includes('/name') && JSON.stringify(init.body).includes('auto_generate');
      if (isNaming && this.suggested !== '') return Response.json({ id: 'c1', name: this.suggested });
      return await this.#server.handle(new Request(url, init));
    };
    this.client = new DifyClient(() => Promise.resolve(connection), answer, { pause: 1 });
    this.talk = this.#talk();
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The lists call no more of it.
    const talk = this.talk as unknown as Talk;
    this.ports = { talk, ...this.#stores() };
    this.part = new ConversationsPart(this.ports);
  }

  get list(): ConversationList {
    return this.part.state().list ?? assert.fail('The list is not open');
  }

  get titles(): readonly string[] {
    return this.list.rows.map(({ name, firstQuestion }) => name || firstQuestion);
  }

  /** Asks on the server. @returns the conversation as the server knows it */
  async ask(query: string): Promise<Conversation> {
    for await (const event of chat(this.client, { query, inputs: {}, conversation_id: '' }, neverAborted)) void event;
    const { conversations } = await getConversations(this.client, { order: '-created_at' }, neverAborted);
    const id = conversations.at(0)?.id ?? assert.fail('There is none');
    const { messages } = await getMessages(this.client, { conversationId: id }, neverAborted);
    this.calls.length = 0;
    return { ...conversationOf(id, messages, t), key: `key of ${query}` };
  }

  keep(conversation: Conversation): void {
    const changedAt = conversation.messages.at(-1)?.askedAt ?? 0;
    this.kept.set(conversation.key, { conversation, pinned: false, changedAt });
  }

  /** Names of the conversations on the server. */
  async onServer(): Promise<readonly string[]> {
    const { conversations } = await getConversations(this.client, {}, neverAborted);
    return conversations.map(({ name }) => name);
  }

  #talk(): FakeTalk {
    return {
      app: this.app,
      conversation: undefined,
      onDidHappen: this.happened.event,
      onDidShow: this.shown.event,
      going: () => new Map([...this.typed.keys()].map((key) => [key, 'draft'])),
      opened: (_, key) => {
        const { conversation } = this.talk;
        if (conversation?.key === key) return conversation;
        return this.typed.has(key) ? { ...emptyConversation, key } : undefined;
      },
      typedIn: (_, key) => {
        const text = this.typed.get(key);
        return text === undefined ? undefined : { text, contexts: [], files: [], queue: [], form: {}, humanInput: {} };
      },
      openConversation: (_, conversation) => {
        this.talk.conversation = conversation;
        this.shown.fire();
        return Promise.resolve();
      },
      apply: (_, key, event) => {
        const kept = this.kept.get(key);
        if (kept !== undefined) this.kept.set(key, { ...kept, conversation: reduce(kept.conversation, event) });
        const { conversation } = this.talk;
        if (conversation?.key === key) this.talk.conversation = reduce(conversation, event);
        return Promise.resolve();
      },
      leave: (_, key) => {
        this.left.push(key);
        if (this.talk.conversation?.key === key) this.talk.conversation = { ...emptyConversation, key: 'new' };
        return Promise.resolve();
      },
      drop: (_, key) => {
        this.dropped.push(key);
        return Promise.resolve();
      },
    };
  }

  #stores(): Omit<ListPorts, 'talk'> {
    return {
      apps: { find: (id) => (id === this.app.id ? this.app : undefined) },
      clients: { of: () => this.client },
      say: (sentence) => void this.said.push(sentence),
      log: new Log(logChannel().channel),
      later: (work) => {
        this.timers.push(work);
        return { dispose: () => void this.timers.splice(this.timers.indexOf(work), 1) };
      },
      kept: {
        list: () => Promise.resolve([...this.kept.values()]),
        read: (_, key) => Promise.resolve(this.kept.get(key)),
        write: (_, conversation) => Promise.resolve(this.keep(conversation)),
        update: (_, key, change) => {
          const kept = this.kept.get(key);
          if (kept !== undefined) this.kept.set(key, change(kept));
          return Promise.resolve();
        },
        remove: (_, key) => {
          this.kept.delete(key);
          return Promise.resolve();
        },
        onDidChange: this.written.event,
      },
    };
  }
}
