import { endingAfter, isComplete, noEnding } from '../dify/ending.ts';
import type { StreamEvent, StreamUsage } from '../dify/events.ts';
import type { TurnEvent } from '../dify/turn.ts';
import { describe, describeCut, describePause, type Words } from './failure.ts';
import type { RunEvent, Usage } from './run.ts';

/**
 * What Dify's events mean for the run: the one translation table between the two. The last event is always an end, so whoever
 * reads it need not catch anything. It ends as soon as nothing that matters can follow, even if the server keeps the stream open.
 */
export async function* ask(
  turn: AsyncGenerator<TurnEvent, void, void>,
  words: Words,
): AsyncGenerator<RunEvent, void, void> {
  const reading = new Reading(words);
  try {
    for await (const event of turn) {
      yield* reading.eventsFor(event);
      if (reading.ended) return;
    }
  } catch (error) {
    yield { type: 'failed', failure: describe(error, words) };
  }
}

/** What has to be remembered between two events of one stream. */
class Reading {
  readonly #words: Words;
  #ending = noEnding;
  #usage: Usage | undefined;
  #started = false;
  #text = '';
  #inPieces = false;
  #moderated = false;
  ended = false;

  constructor(words: Words) {
    this.#words = words;
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
        yield event.reason === 'incomplete'
          ? { type: 'incomplete', failure: describeCut(event.error, this.#words) }
          : this.#endOf(event.reason);
        return;
      default:
        yield* this.#wireEvent(event);
    }
  }

  #endOf(reason: 'done' | 'paused' | 'stopped'): RunEvent {
    switch (reason) {
      case 'done':
        return { type: 'answered', usage: this.#usage };
      case 'paused':
        return { type: 'incomplete', failure: describePause(this.#words) };
      case 'stopped':
        return { type: 'stopped' };
    }
  }

  *#wireEvent(event: StreamEvent): Generator<RunEvent, void, void> {
    if (!this.#started && (event.task_id !== undefined || event.message_id !== undefined)) {
      this.#started = true;
      const { message_id: messageId, conversation_id: conversationId } = event;
      yield { type: 'started', messageId, conversationId, stoppable: event.task_id !== undefined };
    }
    const change = this.#textChange(event);
    if (change !== undefined) {
      this.#text = change.type === 'textAppended' ? this.#text + change.text : change.text;
      yield change;
    }
    if (event.event === 'message_end') this.#usage = usageOf(event.usage);
    this.#ending = endingAfter(this.#ending, event);
    // A workflow that failed or was stopped has its own end, which the client tells.
    if (isComplete(this.#ending) && !this.#ending.paused && this.#ending.workflow !== 'stopped') {
      this.ended = true;
      yield { type: 'answered', usage: this.#usage };
    }
  }

  #textChange(event: StreamEvent): Extract<RunEvent, { type: 'textAppended' | 'textReplaced' }> | undefined {
    switch (event.event) {
      case 'agent_message':
        this.#inPieces = true;
        return { type: 'textAppended', text: event.answer };
      case 'message':
        // Where the answer came as agent_message, one closing message repeats all of it.
        return { type: this.#inPieces ? 'textReplaced' : 'textAppended', text: event.answer };
      case 'message_replace':
        // The snapshot of a running chatflow begins with an empty one, which must not wipe what is shown.
        if (event.answer === '') return undefined;
        this.#moderated = true;
        return { type: 'textReplaced', text: event.answer };
      case 'workflow_finished':
        return this.#finalText(event.status, event.answer);
      default:
        return undefined;
    }
  }

  /** A chatflow streams text ahead of nodes that are never reached: what counts is its output. */
  #finalText(status: string, answer: string | undefined): { type: 'textReplaced'; text: string } | undefined {
    const succeeded = status === 'succeeded' || status === 'partial-succeeded';
    if (!succeeded || this.#moderated || answer === undefined || answer === '' || answer === this.#text)
      return undefined;
    return { type: 'textReplaced', text: answer };
  }
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
