import { endedRun } from '../dify/endedRun.ts';
import { DifyError, type DifyErrorKind } from '../dify/errors.ts';
import type { Fields } from '../dify/json.ts';
import type { WorkflowRun } from '../dify/runs.ts';
import { ask } from './ask.ts';
import type { Conversation, Message } from './conversation.ts';
import { describe, type Failure, type Words } from './failure.ts';
import { listedAs } from './reduce.ts';
import { reduceRun } from './reduceRun.ts';
import { isEnded, type Run, type RunEvent } from './run.ts';

/** An answer that was cut off: what was asked, and what came of it. */
export interface CutAnswer extends Pick<Message, 'query' | 'askedAt' | 'run'> {
  /** What the app's form was sent with. */
  readonly inputs: Fields | undefined;
  readonly conversationId: string | undefined;
  /** Answers that are known as those of other questions, by Dify's `message_id` and `workflow_run_id`: none of them is this one's. */
  readonly others?: ReadonlySet<string> | undefined;
}

/** A run that is read on. */
export interface RunAttached {
  /** Dify's `workflow_run_id`. */
  readonly runId: string;
  /** Its text that is shown already. */
  readonly shown: string;
  /** See `RunToAttach`. */
  readonly attached?: () => Promise<void>;
}

/** The runs of an app that a workflow answers for. They go on where nobody reads them, and are kept. */
export interface KeptRuns {
  /**
   * Reads on in a run: Dify 1.14 and later. Ends as `ask` does.
   *
   * @throws {DifyError} if there is nothing to attach to: then nothing has happened to the run
   */
  readonly attach: (run: RunAttached, signal: AbortSignal) => AsyncGenerator<RunEvent, void, void>;
  /** @throws {DifyError} */
  readonly detail: (runId: string, signal: AbortSignal) => Promise<WorkflowRun>;
  /** The id of the run that was begun for this question, if the server says it. @throws {DifyError} */
  readonly begun: (cut: CutAnswer, signal: AbortSignal) => Promise<string | undefined>;
}

export interface RestPorts {
  readonly runs: KeptRuns | undefined;
  /** The conversation with the question, of an app that has any; `undefined` if there is none. @throws {DifyError} */
  readonly history: ((cut: CutAnswer, signal: AbortSignal) => Promise<Conversation | undefined>) | undefined;
  /** Rejects when the signal is aborted. Milliseconds. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly words: Words;
}

/** `look`: only whether the server has the answer by now; nothing is waited for. */
export type HowToRead = 'follow' | 'look';

/** Pauses between two looks, in milliseconds. */
const pauses = [1_000, 2_000, 3_000, 4_000, 5_000, ...Array.from({ length: 39 }, () => 15_000)];
/** So long nothing new may come, in milliseconds: a run whose worker died says for ever that it runs. */
const patience = 10 * 60_000;
/** After so many looks a question that the server does not have is given up: it may have been on its way. */
const looksForQuestion = 5;

/**
 * What became of an answer that was cut off: the run is attached to, else looked for in its detail and in the history, until it has
 * ended or the patience is over. Nothing is asked again, so nothing is paid twice. Ends as `ask` does, and never throws.
 */
export function restOf(
  cut: CutAnswer,
  ports: RestPorts,
  signal: AbortSignal,
  how: HowToRead = 'follow',
): AsyncGenerator<RunEvent, void, void> {
  return new Rest(cut, ports, signal).events(how);
}

class Rest {
  readonly #cut: CutAnswer;
  readonly #ports: RestPorts;
  readonly #signal: AbortSignal;
  #run: Run;
  /** Whether the server lets runs be attached to, as far as is known. */
  #attaches = true;
  #isListed = false;
  #failure: Failure | undefined;

  constructor(cut: CutAnswer, ports: RestPorts, signal: AbortSignal) {
    this.#cut = cut;
    this.#ports = ports;
    this.#signal = signal;
    this.#run = cut.run;
  }

  async *events(how: HowToRead): AsyncGenerator<RunEvent, void, void> {
    yield this.#tell({ type: 'resumed' });
    try {
      yield* how === 'look' ? this.#look() : this.#follow();
      if (!isEnded(this.#run)) yield { type: 'incomplete', failure: this.#givenUp() };
    } catch (error) {
      if (this.#signal.aborted) yield stopOf(this.#run) ?? { type: 'stopped' };
      else yield { type: 'incomplete', failure: this.#remediable(error) };
    }
  }

  /** Attaches and looks, again and again, as long as there is hope. */
  async *#follow(): AsyncGenerator<RunEvent, void, void> {
    let since = performance.now();
    for (let looks = 0, news = newsIn(this.#run); ; looks++) {
      this.#failure = undefined;
      yield* this.#tries(this.#attach());
      if (!isEnded(this.#run)) yield* this.#tries(this.#look());
      if (isEnded(this.#run)) return;
      if (newsIn(this.#run) !== news) {
        news = newsIn(this.#run);
        looks = 0;
        since = performance.now();
      }
      const pause = this.#isKnown() || looks < looksForQuestion ? pauses[looks] : undefined;
      if (pause === undefined || performance.now() - since > patience) return;
      await this.#ports.sleep(pause, this.#signal);
    }
  }

  /** What passes by itself is no end: the network may be back at the next look. */
  async *#tries(events: AsyncGenerator<RunEvent, void, void>): AsyncGenerator<RunEvent, void, void> {
    try {
      yield* events;
    } catch (error) {
      if (this.#signal.aborted || !passes(error)) throw error;
      this.#failure = this.#remediable(error);
    }
  }

  async *#attach(): AsyncGenerator<RunEvent, void, void> {
    const { runs } = this.#ports;
    const runId = await this.#runId();
    if (runs === undefined || runId === undefined || !this.#attaches) return;
    try {
      yield* this.#toldOf(runs.attach({ runId, shown: this.#run.text }, this.#signal));
    } catch (error) {
      if (!(error instanceof DifyError) || !cannotAttach.has(error.kind)) throw error;
      this.#attaches = false;
    }
  }

  /** What the server keeps by now: the end of the run, else the message in the history. */
  async *#look(): AsyncGenerator<RunEvent, void, void> {
    const { runs, words } = this.#ports;
    const runId = await this.#runId();
    const detail = runId === undefined ? undefined : await runs?.detail(runId, this.#signal).catch(undefinedIfGone);
    const end = detail && endedRun(detail);
    if (end !== undefined) return yield* this.#toldOf(ask(end, words, this.#run.text));
    const listed = await this.#listed();
    if (listed !== undefined) yield* this.#asListed(listed);
    else if (detail?.status === 'paused') yield this.#tell({ type: 'paused' });
  }

  /** The events to the end of the run, or to where the connection is lost again. */
  async *#toldOf(events: AsyncGenerator<RunEvent, void, void>): AsyncGenerator<RunEvent, void, void> {
    for await (const event of events) {
      // That the server is not reached is told as one thing, however often it is tried.
      if (event.type === 'resending') continue;
      if (isLost(event)) return yield this.#tell({ type: 'lost', failure: event.failure });
      if (event.type === 'answered') yield* this.#besideText();
      yield this.#tell(event);
      if (isEnded(this.#run)) return;
    }
  }

  /** Neither the detail of a run nor its last event tells what an answer brings along. */
  async *#besideText(): AsyncGenerator<RunEvent, void, void> {
    // The answer is there: that it may lack its sources is no reason to say that it failed.
    const listed = await this.#listed().catch(() => undefined);
    if (listed === undefined) return;
    for (const event of besideText(listed)) yield this.#tell(event);
    if (this.#run.text === '' && listed.text !== '') yield this.#tell({ type: 'textReplaced', text: listed.text });
  }

  async *#asListed(
    listed: Run & { readonly conversationId: string | undefined },
  ): AsyncGenerator<RunEvent, void, void> {
    const { messageId, runId, text, status, conversationId } = listed;
    yield this.#tell({ type: 'started', messageId, conversationId, runId, stoppable: false });
    if (text !== '') yield this.#tell({ type: 'textReplaced', text });
    for (const event of besideText(listed)) yield this.#tell(event);
    for (const { form } of listed.forms) yield this.#tell({ type: 'formOpened', form });
    if (status.type === 'failed') yield this.#tell({ type: 'failed', failure: status.failure });
    else yield this.#tell(status.type === 'paused' ? { type: 'paused' } : { type: 'answered', usage: undefined });
  }

  /** The message as the history has it; not an empty one, which says nothing. */
  async #listed(): Promise<(Run & { readonly conversationId: string | undefined }) | undefined> {
    const { history } = this.#ports;
    const found = await history?.(this.#cut, this.#signal);
    const listed = found && listedAs({ ...this.#cut, run: this.#run }, found, this.#cut.others);
    this.#isListed ||= listed !== undefined;
    return listed !== undefined && isTold(listed.run) ? { ...listed.run, conversationId: found?.id } : undefined;
  }

  async #runId(): Promise<string | undefined> {
    const { runs } = this.#ports;
    if (runs === undefined || this.#run.runId !== undefined) return this.#run.runId;
    const runId = await runs.begun(this.#cut, this.#signal);
    this.#run = { ...this.#run, runId };
    return runId;
  }

  #tell(event: RunEvent): RunEvent {
    this.#run = reduceRun(this.#run, event);
    return event;
  }

  #isKnown(): boolean {
    return this.#isListed || this.#run.runId !== undefined || this.#failure !== undefined;
  }

  #givenUp(): Failure {
    const { t } = this.#ports.words;
    if (this.#failure !== undefined) return this.#failure;
    const advice = this.#isKnown()
      ? t('Dify has no text of the answer yet. It may still be working on it, or have lost it.')
      : t('Dify does not have this question. It may never have arrived.');
    return { fact: t('Incomplete.'), advice, remedy: this.#isKnown() ? 'fetchRest' : 'retry', details: '' };
  }

  #remediable(error: unknown): Failure {
    const failure = describe(error, this.#ports.words);
    const isGone = error instanceof DifyError && error.kind === 'notFound';
    return isGone ? failure : { ...failure, remedy: 'fetchRest' };
  }
}

/** Dify's ids of these runs, by which they are known. */
export function idsOf(runs: readonly Run[]): ReadonlySet<string> {
  return new Set(runs.flatMap(({ messageId, runId }) => [messageId ?? [], runId ?? []].flat()));
}

/** Whether an answer was cut off, and the app goes on with it all the same. */
export function isLost(event: RunEvent): event is Extract<RunEvent, { readonly type: 'incomplete' }> {
  return event.type === 'incomplete' && event.failure.remedy === 'fetchRest';
}

/** What a stop means while nothing is heard of a run: only the reading ends, and the rest may be fetched later. */
export function stopOf({ status }: Run): RunEvent | undefined {
  return status.type === 'waiting' && status.lost !== undefined
    ? { type: 'incomplete', failure: status.lost }
    : undefined;
}

/** An answer that is found in the history, or that failed there, or waits: not an empty one, which says nothing. */
function isTold({ status, text }: Run): boolean {
  return text !== '' || status.type === 'failed' || status.type === 'paused';
}

function besideText({ files, citations }: Run): readonly RunEvent[] {
  const cited = citations.length === 0 ? [] : [{ type: 'cited', citations } as const];
  return [...files.map((file) => ({ type: 'fileAdded', file }) as const), ...cited];
}

/** Grows with everything that is heard of a run, and not with what a snapshot says again. */
function newsIn({ text, nodes, forms }: Run): number {
  return text.length + nodes.length + nodes.filter(({ status }) => status !== 'running').length + forms.length;
}

/** There is no such endpoint before Dify 1.14, and none for this run. */
const cannotAttach: ReadonlySet<DifyErrorKind> = new Set(['notDify', 'notFound', 'rejected']);

const passing: ReadonlySet<DifyErrorKind> = new Set(['network', 'timeout', 'server', 'busy', 'incomplete']);

function passes(error: unknown): boolean {
  return error instanceof DifyError && passing.has(error.kind);
}

function undefinedIfGone(error: unknown): undefined {
  if (!(error instanceof DifyError && error.kind === 'notFound')) throw error;
}
