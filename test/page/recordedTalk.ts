import { ask } from '../../src/conversation/ask.ts';
import type { Conversation, Message } from '../../src/conversation/conversation.ts';
import type { ConversationEvent } from '../../src/conversation/events.ts';
import { reduce } from '../../src/conversation/reduce.ts';
import { endsRun } from '../../src/conversation/session.ts';
import { keepsAnswers } from '../../src/host/app.ts';
import { isFields, object, text } from '../../src/dify/json.ts';
import { someConversation, someMessage, someQuestion } from '../support/conversations.ts';
import { t } from '../support/english.ts';
import { exchangeOf, turnOf } from '../support/recordedRuns.ts';
import { recording } from '../support/recordings.ts';
import { streamsOf, type RecordedStream } from '../support/recordedStreams.ts';

/** What a page is told of a recording. */
export interface RecordedTalk {
  /** Of the app, like `advanced-chat`. */
  readonly mode: string;
  /** The runs of a workflow app are one. */
  readonly conversations: readonly RecordedConversation[];
}

/** A conversation as it begins, and what happens in it. */
export interface RecordedConversation {
  readonly begin: Conversation;
  readonly events: readonly ConversationEvent[];
}

/**
 * All streams of a recording: each generating call is a question and its answer, and what attaches to a run goes on with its answer,
 * where that had not ended; else the same question is there once more, of which nothing but the run is known.
 */
export async function recordedTalk(name: string): Promise<RecordedTalk> {
  const { server, exchanges } = recording(name);
  const conversations: Talk[] = [];
  for (const stream of streamsOf(name, exchanges)) {
    const known = conversations.findLast((talk) => talk.takes(stream));
    const talk = known ?? new Talk(stream);
    if (known === undefined) conversations.push(talk);
    await talk.take(name, stream, server.mode);
  }
  return { mode: server.mode, conversations };
}

class Talk implements RecordedConversation {
  readonly begin: Conversation;
  readonly events: ConversationEvent[] = [];
  /** Of a workflow app, which has no conversations. */
  readonly #isRuns: boolean;
  #now: Conversation;

  constructor({ request }: RecordedStream) {
    this.begin = someConversation({ key: 'k1', id: conversationIn(request) });
    this.#isRuns = request.path.includes('/workflows/');
    this.#now = this.begin;
  }

  /** Whether the request goes on in this conversation. */
  takes({ request }: RecordedStream): boolean {
    if (this.#isRuns) return request.path.includes('/workflow');
    const runId = runIn(request);
    if (runId !== undefined) return this.#now.messages.some(({ run }) => run.runId === runId);
    return this.#now.id !== undefined && conversationIn(request) === this.#now.id;
  }

  async take(name: string, stream: RecordedStream, mode: string): Promise<void> {
    const known = this.#runOf(stream);
    const goesOn = known !== undefined && mayGoOn.has(known.run.status.type);
    const { key, run } = goesOn ? known : someMessage({ key: `m${stream.exchange}` });
    const words = { t, host: 'dify.test', keepsAnswers: keepsAnswers({ mode }) };
    const shown = stream.request.method === 'GET' ? run.text : undefined;
    try {
      const events = await Array.fromAsync(ask(turnOf(exchangeOf(name, stream.exchange)), words, shown));
      if (!goesOn) this.#ask(key, known, stream);
      const stopped = wasStopped(name, stream);
      for (const event of events) {
        this.#tell({ type: 'run', key, event: stopped && endsRun(event) ? { type: 'stopped' } : event });
      }
    } catch {
      // It could not attach: nothing has happened to the run.
    }
  }

  /** The message whose run the request attaches to. */
  #runOf({ request }: RecordedStream): Message | undefined {
    const runId = runIn(request);
    return this.#now.messages.findLast(({ run }) => runId !== undefined && run.runId === runId);
  }

  /** @param known whose run is to be read once more */
  #ask(key: string, known: Message | undefined, stream: RecordedStream): void {
    if (known === undefined) return this.#tell(questionOf(key, stream));
    const { messageId, runId } = known.run;
    const began = { messageId, conversationId: this.#now.id, runId, stoppable: true };
    this.#tell(someQuestion({ ...known, key }));
    this.#tell({ type: 'run', key, event: { type: 'started', ...began } });
  }

  #tell(event: ConversationEvent): void {
    this.events.push(event);
    this.#now = reduce(this.#now, event);
  }
}

const mayGoOn: ReadonlySet<string> = new Set(['paused', 'incomplete']);

function questionOf(key: string, { request: { body } }: RecordedStream): ConversationEvent {
  const fields = isFields(body) ? body : {};
  return someQuestion({ key, query: text(fields, 'query') ?? '', inputs: object(fields, 'inputs') });
}

function conversationIn({ body }: RecordedStream['request']): string | undefined {
  return (isFields(body) && text(body, 'conversation_id')) || undefined;
}

function runIn({ path }: RecordedStream['request']): string | undefined {
  return /\/workflow\/([^/]+)\/events/.exec(path)?.[1];
}

/** Whether the person stopped this one: then any end is a stop, as a session tells it. Of somebody else's stop only the server tells. */
function wasStopped(name: string, { request, stops, bytes }: RecordedStream): boolean {
  const own = recording(name).exchanges.filter((other) => userOf(other.request) === userOf(request));
  const sent = stops.length === 0 ? '' : new TextDecoder().decode(bytes);
  return stops.some(
    (task) => sent.includes(task) && own.some(({ request: { path } }) => path.includes(`/${task}/stop`)),
  );
}

function userOf({ path, body }: RecordedStream['request']): string | null | undefined {
  return isFields(body) ? text(body, 'user') : new URL(path, 'http://dify.test').searchParams.get('user');
}
