import { attachedEnding, endingAfter, isComplete, noEnding, type Ending, type TurnEnd } from '../dify/ending.ts';
import type { StreamEvent } from '../dify/events.ts';
import type { StreamUsage } from '../dify/metadata.ts';
import type { TurnEvent } from '../dify/turn.ts';
import type { RunOutcome } from '../dify/workflowEvents.ts';
import { AnswerText } from './answerText.ts';
import { describe, describeCut, type Words } from './failure.ts';
import { Reasoning } from './reasoning.ts';
import type { RunEvent, Usage } from './run.ts';
import { ToolTimes } from './toolTimes.ts';
import { eventsOf } from './translate.ts';

/**
 * What Dify's events mean for the run: the one translation table between the two. The last event is always an end or a pause, so
 * whoever reads it need not catch anything. It ends as soon as nothing that matters can follow, even if the server keeps the stream
 * open; a turn that attaches to a run goes on after a pause, and tells nothing if it is stopped before its first event.
 *
 * @param shown the text that is shown already, of a turn that attaches to a run
 * @param now milliseconds of any clock, by which the tools of an agent are timed; without one they are not
 * @throws only if such a turn cannot attach: then nothing has happened to the run
 */
export async function* ask(
  turn: AsyncGenerator<TurnEvent, void, void>,
  words: Words,
  shown?: string,
  now?: () => number,
): AsyncGenerator<RunEvent, void, void> {
  const reading = new Reading(words, shown, now);
  try {
    for await (const event of turn) {
      yield* reading.eventsFor(event);
      if (reading.ended) return;
    }
  } catch (error) {
    if (shown !== undefined && !reading.started) throw error;
    yield { type: 'failed', failure: describe(error, words) };
  }
}

/** What has to be remembered between two events of one stream. */
class Reading {
  readonly #words: Words;
  readonly #text: AnswerText;
  readonly #attaches: boolean;
  readonly #reasoning = new Reasoning();
  readonly #tools: ToolTimes | undefined;
  #ending: Ending;
  #usage: Usage | undefined;
  #outcome: RunOutcome | undefined;
  started = false;
  ended = false;

  constructor(words: Words, shown: string | undefined, now: (() => number) | undefined) {
    this.#words = words;
    this.#tools = now && new ToolTimes(now);
    this.#text = new AnswerText(shown);
    this.#attaches = shown !== undefined;
    this.#ending = this.#attaches ? attachedEnding : noEnding;
  }

  *eventsFor(event: TurnEvent): Generator<RunEvent, void, void> {
    switch (event.event) {
      case 'resend': {
        const { attempt, of, seconds, error } = event;
        yield { type: 'resending', attempt, of, seconds, failure: describe(error, this.#words) };
        return;
      }
      case 'end':
        this.ended = true;
        if (this.#attaches && !this.started) throwIfCut(event);
        // A pause was told when it came.
        else if (event.reason !== 'paused' || !this.#ending.paused) yield this.#endOf(event);
        return;
      default:
        yield* this.#wireEvent(event);
    }
  }

  #endOf(end: TurnEnd): RunEvent {
    switch (end.reason) {
      case 'done':
        return { type: 'answered', usage: this.#cost() };
      case 'incomplete':
        return { type: 'incomplete', failure: describeCut(end.error, this.#words) };
      case 'paused':
        return { type: 'paused' };
      case 'stopped':
        // Who stops hears no more of the run: what Dify says, somebody else did, or its own limit.
        return { type: 'stopped', ...(this.#ending.workflow === 'stopped' && { because: 'server' }) };
    }
  }

  *#wireEvent(event: StreamEvent): Generator<RunEvent, void, void> {
    yield* this.#start(event);
    const change = this.#text.change(event);
    if (change !== undefined) yield change;
    const reasoning = this.#reasoning.pieceOf(event);
    if (reasoning !== '') yield { type: 'reasoned', text: reasoning };
    for (const told of eventsOf(event)) yield this.#tools?.timed(told) ?? told;
    if (event.event === 'workflow_paused') yield { type: 'paused' };
    this.#measure(event);
    this.#ending = endingAfter(this.#ending, event);
    // A workflow that failed or was stopped has its own end, which the client tells.
    if (isComplete(this.#ending) && !this.#ending.paused && !this.#hasOwnEnd()) {
      this.ended = true;
      yield { type: 'answered', usage: this.#cost() };
    }
  }

  /** The server's first word; and its first after a pause. */
  *#start(event: StreamEvent): Generator<RunEvent, void, void> {
    const resumed = this.#ending.paused && event.event === 'workflow_started';
    if (this.started && !resumed) return;
    const { task_id: taskId, message_id: messageId, conversation_id: conversationId, workflow_run_id: runId } = event;
    if (taskId === undefined && messageId === undefined) return;
    if (resumed || this.#attaches) yield { type: 'resumed' };
    this.started = true;
    yield { type: 'started', messageId, conversationId, runId, stoppable: taskId !== undefined };
  }

  #measure(event: StreamEvent): void {
    if (event.event === 'message_end') this.#usage = usageOf(event.usage);
    if (event.event === 'workflow_finished') this.#outcome = event;
  }

  /** A chatflow's message tells what its models cost; its workflow how long all of it took. */
  #cost(): Usage | undefined {
    const { elapsed_time: latency, total_tokens: tokens } = this.#outcome ?? {};
    if (latency === undefined || latency === 0) return this.#usage;
    const counted = { totalTokens: tokens === 0 ? undefined : tokens, totalPrice: undefined, currency: undefined };
    return { ...(this.#usage ?? counted), latency };
  }

  #hasOwnEnd(): boolean {
    const { workflow } = this.#ending;
    return workflow === 'stopped' || workflow === 'failed';
  }
}

/** Nothing has happened to a run that was to be attached to and of which nothing was heard: it stays as it was. */
function throwIfCut(end: TurnEnd): void {
  if (end.reason === 'incomplete') throw end.error;
}

/** Zeros are what the server says when it counted nothing, after a stop: unknown. */
function usageOf(usage: StreamUsage | undefined): Usage | undefined {
  if (usage === undefined || usage.total_tokens === undefined || usage.total_tokens === 0) return undefined;
  return {
    totalTokens: usage.total_tokens,
    latency: usage.latency,
    totalPrice: usage.total_price,
    currency: usage.currency,
  };
}
