import { type Clock, seconds } from '../clock.ts';
import type { Form } from '../humanInput/form.ts';
import { pauseEvents } from '../humanInput/pauseEvents.ts';
import { keepPinging } from '../turns/pings.ts';
import { Engine } from './engine.ts';
import type { EngineEvent, EngineOutcome } from './engineEvents.ts';
import { describedEvent, filesIn } from './eventData.ts';
import type { Execution } from './execution.ts';
import type { Fields } from './graph.ts';
import { reachedOutputs } from './outputs.ts';
import { Relay } from './relay.ts';
import type { Ending, RunKind, RunOptions, RunStatus } from './runKind.ts';
import { totalTokens } from './tokens.ts';

/** The server looks for the stop flag once a second of the run. */
const flagEvery = 1000;
const flagDelay = 60;

/** One run of a workflow: it goes on whether or not anybody listens, and can be looked up afterwards. */
export class Run {
  readonly id: string;
  readonly options: RunOptions;
  readonly relay = new Relay();
  readonly engine: Engine;
  /** ms */
  readonly createdAt: number;
  /** ms: when the present segment began. */
  begunAt: number;
  finishedAt: number | undefined;
  /** Those that it has paused for last. */
  forms: readonly Form[] = [];
  status: RunStatus = 'running';
  error: string | null = null;
  /** As the row has them: empty before the end. */
  outputs: Fields = {};
  totalSteps = 0;
  totalTokens = 0;
  exceptionsCount = 0;
  readonly #clock: Clock;
  /** Of the present segment: a run that pauses has several. */
  #over = new AbortController();
  #kind: RunKind | undefined;
  #ended = Promise.withResolvers<Ending>();
  #flagged = false;

  constructor(options: RunOptions) {
    this.id = options.id;
    this.options = options;
    this.#clock = options.context.clock;
    this.createdAt = this.#clock.now();
    this.begunAt = this.createdAt;
    this.engine = new Engine(options.version.graph, options.values, options.context, {
      listener: (event) => this.#publish(event),
    });
  }

  get executions(): readonly Execution[] {
    return this.engine.executions;
  }

  /** Resolves when the present segment is over. */
  get ended(): Promise<Ending> {
    return this.#ended.promise;
  }

  /** Whether the server has written down an end: it does not of a run that was stopped in the middle of a node. */
  get isOver(): boolean {
    return this.finishedAt !== undefined;
  }

  /** Whether nothing goes on before somebody has submitted a form. */
  get isWaiting(): boolean {
    return this.status === 'paused' && !this.forms.some(isAnswered);
  }

  /** Seconds since the run or its last resumption began, or that it took. */
  elapsed(): number {
    return ((this.finishedAt ?? this.#clock.now()) - this.begunAt) / 1000;
  }

  start(kind: RunKind): void {
    this.#kind = kind;
    this.#begin(kind, this.options.context.generation.startedExtras);
    void this.engine.run().then((outcome) => this.#rest(outcome));
  }

  /** Goes on behind a pause. */
  resume(): void {
    const kind = this.#kind;
    if (kind === undefined || this.status !== 'paused') return;
    this.#over = new AbortController();
    this.#ended = Promise.withResolvers();
    this.begunAt = this.#clock.now();
    this.status = 'running';
    this.#begin(kind, { reason: 'resumption' });
    // A stop while the run was paused is noticed now.
    if (this.#flagged) this.#end({ type: 'dropped' });
    else void this.engine.resume().then((outcome) => this.#rest(outcome));
  }

  /** The server's limit for forms has passed. Whoever listens is not told. */
  giveUp({ nodeId }: Form): void {
    this.status = 'stopped';
    this.error = `Human input global timeout at node ${nodeId}`;
    this.finishedAt = this.#clock.now();
    this.begunAt = this.finishedAt;
  }

  /**
   * What a stop call does: it asks the engine to abort, which happens at the end of a node, and sets a flag that the stream looks at once a
   * second. Whichever is noticed first decides how the run ends.
   *
   * @param withFlag False for a stop by somebody else, in a chatflow.
   */
  stop(withFlag: boolean): void {
    if (this.status === 'paused' && withFlag) this.#flagged = true;
    if (this.status !== 'running' || this.#over.signal.aborted) return;
    this.engine.abort();
    if (withFlag && !this.#flagged) {
      this.#flagged = true;
      void this.#dropAtFlag();
    }
  }

  /** The data of `workflow_finished`, as the run's last segment tells it. */
  finishedData(): Fields {
    const { endUserId, user, version } = this.options;
    return {
      id: this.id,
      workflow_id: version.id,
      status: this.status,
      outputs: this.outputs,
      error: this.error,
      elapsed_time: this.elapsed(),
      total_tokens: this.totalTokens,
      total_steps: this.totalSteps,
      created_by: { id: endUserId, user },
      created_at: seconds(this.begunAt),
      finished_at: seconds(this.finishedAt ?? this.#clock.now()),
      exceptions_count: this.exceptionsCount,
      files: filesIn(this.outputs),
    };
  }

  /** The same from the server's table. */
  savedData(): Fields {
    return { ...this.finishedData(), created_at: seconds(this.createdAt) };
  }

  #begin(kind: RunKind, extras: Fields): void {
    const { startedInputs, version } = this.options;
    this.#send(
      kind.dataEvent('workflow_started', {
        id: this.id,
        workflow_id: version.id,
        inputs: startedInputs,
        created_at: seconds(this.begunAt),
        ...extras,
      }),
    );
    void this.#ping();
  }

  /** What it is carried out in has died: nothing more happens, and the row never learns of it. */
  vanish(): void {
    this.engine.drop();
    this.#over.abort();
    this.relay.publish({ type: 'over', how: this.options.context.generation.relays ? 'silent' : 'broken' });
  }

  async #dropAtFlag(): Promise<void> {
    const now = this.#clock.now() - this.createdAt;
    const due = Math.ceil(now / flagEvery) * flagEvery + flagDelay;
    await this.#clock.sleep(due - now, this.#over.signal);
    if (this.#over.signal.aborted) return;
    this.engine.drop();
    this.#end({ type: 'dropped' });
  }

  #rest(outcome: EngineOutcome): void {
    if (this.#over.signal.aborted) return;
    switch (outcome.status) {
      case 'paused':
        this.#pause(outcome.forms);
        return;
      case 'succeeded':
        this.#end({ type: 'succeeded' });
        return;
      case 'failed':
      case 'aborted':
        this.#end({ type: outcome.status, error: outcome.error });
    }
  }

  /** Nothing goes on before somebody calls `resume`. */
  #pause(forms: readonly Form[]): void {
    this.#over.abort();
    this.#count();
    this.status = 'paused';
    for (const form of forms) if (!this.forms.includes(form)) this.options.opened(form);
    this.forms = forms;
    const how = this.#saying((kind) => {
      kind.pause();
      return pauseEvents(this).map(({ data, event }) => kind.dataEvent(event, data));
    });
    this.relay.publish({ type: 'over', how });
    this.#ended.resolve({ type: 'paused' });
    if (forms.some(isAnswered)) this.resume();
  }

  #end(ending: Ending): void {
    this.#over.abort();
    this.#count();
    this.finishedAt = this.#clock.now();
    this.status = this.#statusAfter(ending);
    this.error = 'error' in ending ? ending.error : null;
    this.outputs = reachedOutputs(this.executions);
    this.#finish(ending);
  }

  #statusAfter(ending: Ending): RunStatus {
    if (ending.type === 'succeeded') return this.exceptionsCount > 0 ? 'partial-succeeded' : 'succeeded';
    return ending.type === 'failed' ? 'failed' : 'stopped';
  }

  #count(): void {
    const { exceptions, steps } = this.engine.counts;
    this.totalSteps = steps;
    this.totalTokens = totalTokens(this.engine.usage);
    this.exceptionsCount = exceptions;
  }

  /** The kind's last words. What the stream calls failed the row calls stopped, and what the stream calls stopped the row calls running. */
  #finish(ending: Ending): void {
    const data = this.finishedData();
    const finished = {
      ...data,
      ...(ending.type === 'aborted' ? { status: 'failed' } : {}),
      ...(ending.type === 'dropped' ? { error: 'Stopped by user.' } : {}),
    };
    if (ending.type === 'dropped') this.#forgetEnd();
    const how = this.#saying((kind) => kind.end(ending, kind.dataEvent('workflow_finished', finished)));
    this.relay.publish({ type: 'over', how });
    this.#ended.resolve(ending);
  }

  #saying(words: (kind: RunKind) => Iterable<object>): 'ended' | 'broken' | 'silent' {
    const kind = this.#kind;
    if (kind === undefined) return 'ended';
    try {
      for (const event of words(kind)) this.#send(event);
      return 'ended';
    } catch {
      // Dify finds no row to update.
      return this.options.context.generation.relays ? 'silent' : 'broken';
    }
  }

  #forgetEnd(): void {
    this.status = 'running';
    this.finishedAt = undefined;
    this.outputs = {};
    this.totalSteps = 0;
    this.totalTokens = 0;
    this.exceptionsCount = 0;
  }

  #publish(event: EngineEvent): void {
    const kind = this.#kind;
    if (kind === undefined || this.#over.signal.aborted) return;
    if (event.type === 'said') {
      this.#send(kind.said(event.chunk));
      return;
    }
    if (event.type === 'announced' && event.announcement.event === 'agent_log') {
      this.#send(kind.agentLog(event.announcement.data));
      return;
    }
    const described = describedEvent(event);
    if (described !== undefined) this.#send(kind.dataEvent(described.event, described.data));
  }

  #send(event: object): void {
    this.relay.publish({ type: 'event', event });
  }

  async #ping(): Promise<void> {
    await keepPinging(this.#clock, this.begunAt, this.#over.signal, () => {
      if (this.status === 'running') this.relay.publish({ type: 'ping' });
    });
  }
}

function isAnswered({ submission, timedOut }: Form): boolean {
  return submission !== undefined || timedOut;
}
