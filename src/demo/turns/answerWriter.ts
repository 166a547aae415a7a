import type { Step } from '../agent/rounds.ts';
import type { Answering } from './answer.ts';
import {
  agentThoughtEvent,
  audioEvent,
  endEvent,
  errorEvent,
  fileEvent,
  replaceEvent,
  textEvent,
  wholeEvent,
} from './answerEvents.ts';
import { agentFailure, streamFailure } from './failures.ts';
import { OutputWatch, outputPreset } from './moderation.ts';
import { spoken } from '../speech.ts';
import type { TurnEvent } from './turn.ts';
import { countTokens, metadata, stoppedMetadata, uncountedMetadata } from './usage.ts';

/** Makes the events of a stream out of what happens in a turn, and saves the answer. */
export class AnswerWriter {
  isOver = false;
  readonly #answering: Answering;
  readonly #watch: OutputWatch;
  #answer = '';
  /** Set by an agent, whose answer is not just what it said. */
  #kept: string | undefined;

  constructor(answering: Answering) {
    this.#answering = answering;
    this.#watch = new OutputWatch(answering.app.moderation);
  }

  *write(event: TurnEvent): Generator<object> {
    switch (event.type) {
      case 'ping':
        return;
      case 'delta':
        yield* this.#say(event.text);
        return;
      case 'thought':
      case 'file':
      case 'answer':
        yield* this.#step(event);
        return;
      case 'answered':
        yield* this.#end();
        break;
      case 'stopped':
        yield* this.#stop(outputPreset(this.#answering.app.moderation, this.#answer));
        break;
      case 'failed':
        yield failureEvent(this.#answering, event.error);
        yield* this.#speech();
        break;
      case 'abandoned':
    }
    this.isOver = true;
  }

  *#say(text: string): Generator<object> {
    const answering = this.#answering;
    this.#answer += text;
    if (isShownAtOnce(answering)) yield textEvent(answering, text);
    const instead = this.#watch.look(this.#answer, answering.server.clock.now());
    if (instead === undefined) return;
    answering.turn.abandon();
    yield* this.#stop(instead);
    this.isOver = true;
  }

  /** @param instead What is to be seen instead of what has been said by now. */
  *#stop(instead: string | undefined): Generator<object> {
    const answering = this.#answering;
    if (instead !== undefined) yield replaceEvent(answering, instead);
    const answer = instead ?? this.#answer;
    saveAnswer(answering, answer);
    yield endEvent(answering, stoppedMetadata(answering.turn.elapsed()));
    yield* this.#speech();
  }

  /** The sound of what was said, which may not be what is kept. */
  *#speech(): Generator<object> {
    for (const piece of spoken(this.#answering.app, this.#answer)) yield audioEvent(this.#answering, piece);
  }

  *#step(step: Step): Generator<object> {
    const answering = this.#answering;
    if (step.type === 'answer') this.#kept = step.text;
    else if (isShownAtOnce(answering)) {
      yield step.type === 'thought' ? this.#thought(step) : fileEvent(answering, step.file);
    }
  }

  /** The server reads the row when it writes the event. If that is late, the row has gone on. */
  #thought({ at, latest, thought }: Extract<Step, { readonly type: 'thought' }>): object {
    const isLate = this.#answering.server.clock.now() - at > late;
    return agentThoughtEvent(this.#answering, isLate ? latest() : thought);
  }

  *#end(): Generator<object> {
    const answering = this.#answering;
    const { app, preset } = answering;
    const said = this.#kept ?? this.#answer;
    if (app.mode === 'agent') yield wholeEvent(answering, said);
    // The last delta of a model's answer is empty.
    else if (app.agent === undefined && preset === undefined) yield textEvent(answering, '');
    const instead = outputPreset(app.moderation, said);
    if (instead !== undefined) yield replaceEvent(answering, instead);
    const answer = instead ?? said;
    saveAnswer(answering, answer);
    yield endEvent(answering, endMetadata(answering, this.#answer));
    yield* this.#speech();
  }
}

/** ms */
const late = 500;

/** A new agent shows nothing before its answer is complete. */
function isShownAtOnce({ app }: Answering): boolean {
  return app.mode !== 'agent' || app.agent?.streamsDeltas === true;
}

export function saveAnswer(answering: Answering, answer: string): void {
  answering.over();
  // The server finds no row to update and breaks the connection off.
  if (answering.conversation?.deleted === true) throw new TypeError('The conversation was deleted meanwhile.');
  answering.turn.options.message.answer = answer.trim();
}

function failureEvent(answering: Answering, error: unknown): object {
  answering.over();
  const failure = answering.app.mode === 'agent' ? agentFailure() : streamFailure(error);
  setFailed(answering, failure.message);
  return errorEvent(answering, failure);
}

export function setFailed({ turn }: Answering, error: string): void {
  turn.options.message.status = 'error';
  turn.options.message.error = error;
}

/** Nothing is counted of a preset answer, nor of a new agent's. */
export function endMetadata({ app, preset, turn }: Answering, answer: string): object {
  if (app.mode === 'agent' || preset !== undefined)
    return uncountedMetadata(turn.elapsed(), preset?.annotation ?? null);
  const { history, text } = turn.options.prompt;
  const before = history.reduce((sum, turn_) => sum + countTokens(turn_.query) + countTokens(turn_.answer), 0);
  return metadata({ prompt: before + countTokens(text), completion: countTokens(answer), latency: turn.elapsed() });
}
