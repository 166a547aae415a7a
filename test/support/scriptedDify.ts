import { setImmediate } from 'node:timers/promises';
import type { Fetch } from '../../src/dify/client.ts';
import { sse } from './difyClient.ts';

/** A turn whose every event the test sends. */
export class ScriptedTurn {
  /** As it was asked. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly ids: { readonly message_id: string; readonly conversation_id: string; readonly task_id: string };
  readonly response: Response;
  isOver = false;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(body: Readonly<Record<string, unknown>>, number: number, signal: AbortSignal | null | undefined) {
    this.body = body;
    const known = body['conversation_id'];
    const conversation_id = typeof known === 'string' && known !== '' ? known : `c${number}`;
    this.ids = { message_id: `m${number}`, conversation_id, task_id: `t${number}` };
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
    });
    signal?.addEventListener('abort', () => void this.cut());
    this.response = new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
  }

  async says(answer: string): Promise<void> {
    await this.#send({ event: 'message', answer, ...this.ids });
  }

  async ends(): Promise<void> {
    await this.#send({ event: 'message_end', ...this.ids });
    this.#close();
    await settled();
  }

  async answers(answer: string): Promise<void> {
    await this.says(answer);
    await this.ends();
  }

  async fails(message: string): Promise<void> {
    await this.#send({ event: 'error', status: 400, code: 'completion_request_error', message, ...this.ids });
    this.#close();
    await settled();
  }

  /** The connection is lost. */
  async cut(): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    this.#controller?.error(new TypeError('terminated'));
    await settled();
  }

  async #send(event: Readonly<Record<string, unknown>>): Promise<void> {
    if (!this.isOver) this.#controller?.enqueue(Buffer.from(sse(event)));
    await settled();
  }

  #close(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#controller?.close();
  }
}

/** A Dify that answers questions when the test says so, and everything else at once. */
export class ScriptedDify {
  readonly turns: ScriptedTurn[] = [];
  /** Paths that were asked for, without `/v1`, but for questions. */
  readonly read: string[] = [];
  /** What GET answers, by path without `/v1`; an empty list for others. */
  readonly answers = new Map<string, unknown>();
  /** Answers the next question in place of a turn. */
  refusal: (() => Response) | undefined;

  readonly fetch: Fetch = (url, init) => {
    const path = new URL(url).pathname.replace('/v1', '');
    if (path === '/chat-messages') return Promise.resolve(this.#ask(init));
    this.read.push(path);
    const stopped = /^\/chat-messages\/(.+)\/stop$/.exec(path)?.[1];
    const turn = this.turns.find(({ ids }) => ids.task_id === stopped);
    if (turn !== undefined) void turn.ends();
    return Promise.resolve(Response.json(this.answers.get(path) ?? { data: [], result: 'success' }));
  };

  /** The turn with this number, from 0, as soon as it was asked. */
  async turn(index: number): Promise<ScriptedTurn> {
    for (let tries = 0; tries < 100; tries++) {
      const turn = this.turns[index];
      if (turn !== undefined) return turn;
      await setImmediate();
    }
    throw new Error(`Question ${index} was never asked`);
  }

  /** Breaks off what is open: a test that leaves turns open leaves their timers. */
  async close(): Promise<void> {
    for (let open = this.turns; open.length > 0; open = open.filter(({ isOver }) => !isOver)) {
      await Promise.all(open.map((turn) => turn.cut()));
    }
  }

  /** The queries that were asked. */
  get queries(): readonly unknown[] {
    return this.turns.map(({ body }) => body['query']);
  }

  #ask({ body, signal }: RequestInit): Response {
    const { refusal } = this;
    this.refusal = undefined;
    if (refusal !== undefined) return refusal();
    const asked = JSON.parse(typeof body === 'string' ? body : '{}') as Record<string, unknown>;
    const turn = new ScriptedTurn(asked, this.turns.length + 1, signal);
    this.turns.push(turn);
    return turn.response;
  }
}

/** Everything that can happen now has happened. */
export async function settled(): Promise<void> {
  for (let turns = 0; turns < 10; turns++) await setImmediate();
}
