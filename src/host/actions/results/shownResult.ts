import type { Disposable, Uri } from 'vscode';
import {
  canBeFetched,
  isAnswered,
  newAnswer,
  withAnswer,
  withEvent,
  withRating,
  type Answer,
  type Result,
  type ResultRequest,
} from '../../../conversation/result.ts';
import { newRun, type Run, type RunEvent } from '../../../conversation/run.ts';
import { SpokenLength } from '../../../conversation/thinking.ts';
import type { Rating } from '../../../dify/feedback.ts';
import { resultUri } from '../../resultUri.ts';
import { documentOf } from './resultWords.ts';
import { Pacing, realClock } from './pacing.ts';
import type { Followed } from '../../edits/followed.ts';

/** What a result looks at, and whom it tells. */
export interface Surroundings {
  /** The document is to be read again. */
  readonly refresh: (uri: Uri) => void;
  /** What stands about the text is to be drawn again. */
  readonly changed: () => void;
}

/** One result with its document: which of its answers is shown, and the answer that is on its way. */
export class ShownResult implements Disposable {
  readonly uri: Uri;
  readonly followed: Followed;
  /** Whether the text was where it was meant to be when this was opened. */
  readonly isPlaceKnown: boolean;
  readonly #around: Surroundings;
  readonly #listening: Disposable;
  #result: Result;
  #index: number;
  #stopping: AbortController | undefined;
  #pacing: Pacing | undefined;
  /** Of each part: to take the thinking out of all of it with each new piece would cost too much. */
  #lengths: SpokenLength[] = [];

  constructor(result: Result, followed: Followed, isPlaceKnown: boolean, around: Surroundings) {
    this.uri = resultUri(result);
    this.followed = followed;
    this.isPlaceKnown = isPlaceKnown;
    this.#around = around;
    this.#result = result;
    this.#index = result.answers.length - 1;
    this.#listening = followed.onDidChange(() => around.changed());
  }

  get result(): Result {
    return this.#result;
  }

  /** The answer that is shown. */
  get answer(): Answer {
    return this.#result.answers[this.#index] ?? newAnswer([], 0);
  }

  get isRunning(): boolean {
    return this.#stopping !== undefined;
  }

  get hasPrevious(): boolean {
    return !this.isRunning && this.#result.answers.length > 1;
  }

  /** Whether nothing is missing but what can be fetched: nothing is asked then, and nothing paid. */
  get canBeFetched(): boolean {
    const open = this.answer.parts.filter(({ run }) => run.status.type !== 'done');
    return this.#index === this.#result.answers.length - 1 && open.length > 0 && open.every(canBeFetched);
  }

  /** All that the document was handed since the answer began. */
  get handedOver(): number {
    return this.#pacing?.total ?? 0;
  }

  /** The text of the document, which is handed over now. */
  handOver(): string {
    const text = documentOf(this.answer);
    this.#pacing?.handedOver(text.length);
    return text;
  }

  /** An answer is on its way from now on. @param requests of one more answer; without them that of the first one. What stops it */
  begin(requests?: readonly ResultRequest[]): AbortSignal {
    if (requests !== undefined) this.#result = withAnswer(this.#result, newAnswer(requests, Date.now()));
    return this.#begin();
  }

  /** Like {@link begin}, for those parts that have no whole answer yet; of some the rest is only to be fetched. */
  beginRest(): { readonly signal: AbortSignal; readonly rest: readonly number[] } {
    const last = this.answer;
    const rest = [...last.parts.keys()].filter((at) => !isWhole(last, at));
    if (!this.canBeFetched) {
      const requests = last.parts.map(({ request }) => request);
      const fresh = newAnswer(requests, Date.now());
      const parts = last.parts.map((part, at) =>
        isWhole(last, at) || canBeFetched(part) ? part : (fresh.parts[at] ?? part),
      );
      this.#result = withAnswer(this.#result, { ...fresh, parts });
    }
    return { signal: this.#begin(), rest };
  }

  apply(part: number, event: RunEvent): void {
    const before = this.#runOf(part);
    this.#result = withEvent(this.#result, part, event);
    const after = this.#runOf(part);
    if (after.text !== before.text) {
      if (event.type === 'textAppended') this.#lengths[part]?.append(event.text);
      else this.#lengths[part] = lengthOf(after);
      this.#pacing?.grown(this.#lengths.reduce((all, { length }) => all + length, 0));
    }
    if (after.status.type !== before.status.type || after.status.type === 'waiting') this.#around.changed();
  }

  /** Nothing more comes. */
  end(): void {
    this.#stopping = undefined;
    this.#pacing?.end();
    this.#around.changed();
  }

  stop(): void {
    this.#stopping?.abort();
  }

  /** The answer before the one that is shown; before the first of them comes the last. */
  showPrevious(): void {
    if (!this.hasPrevious) return;
    const { length } = this.#result.answers;
    this.#index = (this.#index + length - 1) % length;
    this.#redraw();
  }

  rated(rating: Rating | undefined): void {
    this.#result = withRating(this.#result, this.#index, rating);
    this.#around.changed();
  }

  /** Stops nothing: at the end of VS Code an app may go on with its answer. */
  dispose(): void {
    this.#pacing?.stop();
    this.#listening.dispose();
    this.followed.dispose();
  }

  #begin(): AbortSignal {
    const stopping = new AbortController();
    this.#stopping = stopping;
    this.#index = this.#result.answers.length - 1;
    this.#pacing?.stop();
    this.#lengths = this.answer.parts.map(({ run }) => lengthOf(run));
    this.#pacing = new Pacing(realClock, () => this.#around.refresh(this.uri));
    this.#redraw();
    return stopping.signal;
  }

  #redraw(): void {
    this.#around.refresh(this.uri);
    this.#around.changed();
  }

  #runOf(part: number): Run {
    return this.answer.parts[part]?.run ?? newRun;
  }
}

function lengthOf({ text }: Run): SpokenLength {
  const spoken = new SpokenLength();
  spoken.append(text);
  return spoken;
}

function isWhole(answer: Answer, at: number): boolean {
  return answer.parts[at]?.run.status.type === 'done';
}

/** Whether the shown answer may be copied, applied and rated. */
export function isUsable(shown: ShownResult): boolean {
  return !shown.isRunning && isAnswered(shown.answer) && documentOf(shown.answer) !== '';
}
