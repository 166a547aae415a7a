import { ask } from '../../../src/conversation/ask.ts';
import { newConversation, type Message } from '../../../src/conversation/conversation.ts';
import type { RunEvent } from '../../../src/conversation/run.ts';
import { ConversationSession, plainQuestion } from '../../../src/conversation/session.ts';
import type { GenerationName } from '../../../src/demo/generations.ts';
import { createDemoServer, type DemoServer } from '../../../src/demo/server.ts';
import { ApiKey } from '../../../src/dify/apiKey.ts';
import { chat } from '../../../src/dify/chat.ts';
import { DifyClient, type Fetch } from '../../../src/dify/client.ts';
import { runWorkflow } from '../../../src/dify/workflows.ts';
import { keptAtServer } from '../../../src/host/rest.ts';
import { wordsFor } from '../../../src/host/words.ts';
import { appNamed } from '../../lab/apps.ts';
import { labModel } from '../../lab/model.ts';
import { neverAborted } from '../../support/difyClient.ts';
import { testApp } from '../../support/hostState.ts';
import { settled, TestClock } from '../../support/testClock.ts';

/** When a connection breaks. */
export interface Break {
  /** Of a path that contains this. */
  readonly path: string;
  /** As soon as this was read of it; at once without it. */
  readonly after?: string;
}

/** A person with an app of the lab, at a server of either generation, with a connection that breaks when the test says so. */
export class CutWorld {
  readonly clock = new TestClock(Date.now());
  readonly server: DemoServer;
  readonly session: ConversationSession;
  readonly #client: DifyClient;
  /** `METHOD /path` without `/v1` and without ids, in their order. */
  readonly calls: string[] = [];
  readonly events: RunEvent[] = [];
  /** Each breaks one connection. */
  breaks: Break[] = [];
  isOffline = false;

  /** @param name of an app of the lab */
  constructor(generation: GenerationName, name: string) {
    const lab = appNamed(name);
    const { clock } = this;
    this.server = createDemoServer({
      apps: [lab],
      clock,
      generation,
      source: labModel(clock),
      tokensPerSecond: Infinity,
    });
    const app = testApp('one', { mode: lab.mode, baseUrl: 'http://dify.test/v1' });
    const connection = { baseUrl: app.baseUrl, apiKey: new ApiKey(lab.key, 'http://dify.test'), user: 'ada' };
    const client = new DifyClient(() => Promise.resolve(connection), this.#fetch, { pause: 1 });
    this.#client = client;
    const clients = { of: () => client, user: () => Promise.resolve('ada') };
    const kept = keptAtServer({ clients, app: () => app, sleep: (ms, signal) => this.#sleep(ms, signal) });
    this.session = new ConversationSession(
      {
        ...kept,
        ask: ({ query, conversationId = '' }, signal) => {
          const turn =
            lab.mode === 'workflow'
              ? runWorkflow(client, { inputs: { topic: query } }, signal)
              : chat(client, { query, inputs: {}, conversation_id: conversationId }, signal);
          return ask(turn, wordsFor(app));
        },
      },
      newConversation(),
    );
    this.onRunEvent((event) => this.events.push(event));
  }

  onRunEvent(listener: (event: RunEvent) => void): void {
    this.session.onEvent((event) => {
      if (event.type === 'run') listener(event.event);
    });
  }

  /** Asks, and lets time pass until the answer has ended. */
  async ask(query = 'Tell me.'): Promise<Message> {
    return await this.passUntil(this.session.send({ ...plainQuestion(query), inputs: { topic: query } }));
  }

  /** The same person runs the workflow once more in another window. @returns the id of the run, as soon as it has begun */
  async runElsewhere(topic: string): Promise<string | undefined> {
    const events = runWorkflow(this.#client, { inputs: { topic } }, neverAborted);
    const { value } = await this.passUntil(events.next());
    void Array.fromAsync(events);
    return value !== undefined && 'workflow_run_id' in value ? value.workflow_run_id : undefined;
  }

  async passUntil<T>(work: Promise<T | undefined>): Promise<T> {
    let result: { readonly value: T | undefined } | undefined;
    void work.then((value) => (result = { value }));
    while (result === undefined) await this.clock.pass(250);
    if (result.value === undefined) throw new Error('There was nothing to wait for');
    return result.value;
  }

  /** How many runs were asked for. */
  get posts(): number {
    return this.calls.filter((call) => call.startsWith('POST') && !call.endsWith('/stop')).length;
  }

  readonly #fetch: Fetch = async (url, init) => {
    const path = new URL(url).pathname.slice('/v1'.length);
    this.calls.push(`${init.method} ${path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')}`);
    if (this.isOffline) throw lost();
    const index = this.breaks.findIndex((each) => path.includes(each.path));
    const [breaks] = index < 0 ? [] : this.breaks.splice(index, 1);
    if (breaks !== undefined && breaks.after === undefined) throw lost();
    const leaving = new AbortController();
    const signal = init.signal == null ? leaving.signal : AbortSignal.any([init.signal, leaving.signal]);
    const response = await this.server.handle(new Request(url, { ...init, signal }));
    if (breaks?.after === undefined || response.body === null) return response;
    return new Response(
      broken(response.body, breaks.after, () => leaving.abort()),
      response,
    );
  };

  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    await this.clock.sleep(ms, signal);
    signal.throwIfAborted();
    await settled();
  }
}

function lost(): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
}

/** The stream until this was read of it. */
function broken(body: ReadableStream<Uint8Array>, after: string, leave: () => void): ReadableStream<Uint8Array> {
  const decoder = new TextDecoder();
  let read = '';
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        controller.enqueue(bytes);
        // The older generation writes a blank behind each colon.
        read += decoder.decode(bytes, { stream: true }).replaceAll('": ', '":');
        if (!read.includes(after)) return;
        leave();
        controller.error(new TypeError('terminated'));
      },
    }),
  );
}
