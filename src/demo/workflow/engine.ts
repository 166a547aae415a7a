import { Branches } from './branches.ts';
import type { EngineEvent, EngineOptions, EngineOutcome } from './engineEvents.ts';
import { type Execution, newExecution, placeData } from './execution.ts';
import type { Form } from '../humanInput/form.ts';
import {
  type Graph,
  type InnerOutcome,
  type Node,
  type NodeContext,
  NodeError,
  type NodeOutcome,
  type NodeResult,
  type Place,
  type RunContext,
} from './graph.ts';
import { type Chunk, Streaming } from './streaming.ts';
import { type Usage, sumOf } from './tokens.ts';
import type { Values } from './values.ts';

/** Runs a graph: starts every node whose predecessors are done, side by side, and tells a listener what happens. */
export class Engine {
  readonly graph: Graph;
  readonly values: Values;
  /** In the order of their start, those of containers' inner graphs included. */
  readonly executions: Execution[];
  readonly #run: RunContext;
  readonly #listener: (event: EngineEvent) => void;
  readonly #place: Place | undefined;
  #streaming: Streaming;
  readonly #branches: Branches;
  readonly #over = new AbortController();
  readonly #paused: { readonly execution: Execution; readonly form: Form }[] = [];
  /** How many executions were over when the present segment of the run began. */
  #before: number;
  readonly #usages: (Usage | undefined)[] = [];
  #running = 0;
  #end: ((outcome: EngineOutcome) => void) | undefined;
  #aborting = false;
  /** ms: when something last happened. */
  #lastEvent = 0;
  #steps = 0;
  #exceptions = 0;

  constructor(graph: Graph, values: Values, run: RunContext, more: EngineOptions) {
    this.graph = graph;
    this.values = values;
    this.executions = more.executions ?? [];
    this.#run = run;
    this.#listener = more.listener;
    this.#place = more.place;
    this.#before = more.before ?? 0;
    this.#branches = new Branches(graph);
    this.#streaming = this.#newStreaming();
  }

  /** Steps that have been started, and nodes that have failed: each attempt counts, what is inside a container does not. */
  get counts(): { readonly steps: number; readonly exceptions: number } {
    return { steps: this.#steps, exceptions: this.#exceptions };
  }

  get usage(): Usage | undefined {
    return sumOf(this.#usages);
  }

  /** Runs until all is done, something has failed, or nothing can go on before somebody resumes it. */
  run(): Promise<EngineOutcome> {
    const ended = this.#ended();
    if (this.#run.generation.startsSpeakingAtOnce) this.#say(this.#streaming.begin());
    const [first] = this.graph.nodes;
    if (first !== undefined) this.#start(first);
    return ended;
  }

  /**
   * Runs all paused nodes again. A fault of the server: it forgets what has been said and which edges were taken. So the text before the
   * pause is said once more, and an Answer node behind another one that spoke before never has its turn.
   */
  resume(): Promise<EngineOutcome> {
    const ended = this.#ended();
    const paused = this.#paused.splice(0);
    this.#before = this.executions.length - paused.length;
    this.#streaming = this.#newStreaming();
    this.#say(this.#streaming.begin());
    for (const [index, { execution }] of paused.entries()) {
      this.#started(Object.assign(execution, { index: index + 1, startedAt: this.#run.clock.now() }));
    }
    for (const { execution, form } of paused) void this.#execute(execution, form);
    return ended;
  }

  /**
   * Asks the engine to end. It looks for this when a node ends; a newer one also in any tenth of a second in which nothing happens, which
   * on a busy machine there is sooner or later.
   */
  abort(): void {
    if (this.#aborting) return;
    this.#aborting = true;
    if (this.#run.generation.abortsInSilence) void this.#abortInSilence();
  }

  /** Ends at once and says nothing any more. */
  drop(): void {
    this.#over.abort();
  }

  #ended(): Promise<EngineOutcome> {
    return new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  #finish(outcome: EngineOutcome): void {
    if (outcome.status !== 'paused') this.#over.abort();
    this.#end?.(outcome);
  }

  #emit(event: EngineEvent): void {
    if (this.#over.signal.aborted) return;
    this.#lastEvent = this.#run.clock.now();
    this.#listener(event);
  }

  #say(chunks: readonly Chunk[]): void {
    for (const chunk of chunks) this.#emit({ type: 'said', chunk });
  }

  #newStreaming(): Streaming {
    return new Streaming(this.graph, this.values, (node) => this.#branches.isSkipped(node));
  }

  #start(node: Node): void {
    const { clock, uuid } = this.#run;
    const index = this.executions.length - this.#before + 1;
    const execution = newExecution({ id: uuid(), node, place: this.#place, index, startedAt: clock.now() });
    this.executions.push(execution);
    this.#started(execution);
    void this.#execute(execution, undefined);
  }

  #started(execution: Execution): void {
    execution.status = 'running';
    this.#running++;
    this.#steps++;
    this.#emit({ type: 'started', execution });
  }

  async #execute(execution: Execution, form: Form | undefined): Promise<void> {
    const { times = 0, intervalMs = 0 } = execution.node.retry ?? {};
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(execution, attempt, form);
      if (this.#over.signal.aborted) return;
      if (!(outcome instanceof NodeError)) return this.#done(execution, outcome);
      if (attempt > times) return this.#failed(execution, outcome);
      this.#retried(execution, outcome, attempt);
      await this.#run.clock.sleep(intervalMs, this.#over.signal);
    }
  }

  async #attempt(execution: Execution, attempt: number, form: Form | undefined): Promise<NodeOutcome | NodeError> {
    try {
      return await execution.node.run(this.#contextOf(execution, attempt, form));
    } catch (error) {
      return error instanceof NodeError ? error : new NodeError(String(error), 'Exception');
    }
  }

  #contextOf(execution: Execution, attempt: number, form: Form | undefined): NodeContext {
    const { node } = execution;
    return {
      ...this.#run,
      node,
      values: this.values,
      signal: this.#over.signal,
      attempt,
      form,
      stream: (output, text, last = false) => {
        if (!this.#over.signal.aborted) this.#say(this.#streaming.said([node.id, output], text, last));
      },
      announce: (announcement) => this.#emit({ type: 'announced', execution, announcement }),
      runInside: (graph, place, own) => this.#runInside(graph, place, own),
    };
  }

  async #runInside(graph: Graph, place: Place, own: Values | undefined): Promise<InnerOutcome> {
    const events: EngineEvent[] = [];
    const tell = own === undefined ? this.#emit.bind(this) : events.push.bind(events);
    const inner = new Engine(graph, own ?? this.values, this.#run, {
      listener: (event) => {
        // What a round says is nobody's answer.
        if (event.type !== 'said') tell(event);
      },
      place,
      executions: this.executions,
      before: this.#before,
    });
    this.#over.signal.addEventListener('abort', () => inner.drop());
    const outcome = await inner.run();
    for (const event of events) this.#emit(event);
    return { error: outcome.status === 'failed' ? outcome.error : undefined, usage: inner.usage };
  }

  #done(execution: Execution, outcome: NodeOutcome): void {
    if (outcome.type === 'paused') {
      execution.status = 'paused';
      execution.finishedAt = this.#run.clock.now();
      this.#paused.push({ execution, form: outcome.form });
      this.#rested();
      return;
    }
    const { node } = execution;
    this.#fill(execution, 'succeeded', outcome);
    this.values.setAll(node.id, outcome.outputs);
    this.#usages.push(outcome.usage);
    // A container tells its end itself, before anything follows from it.
    if (node.execution === 'container') this.#emit({ type: 'finished', execution });
    this.#say(this.#streaming.flush());
    const handle = node.onError?.strategy === 'fail-branch' ? 'success-branch' : outcome.handle;
    this.#goOn(execution, handle);
  }

  #failed(execution: Execution, failure: NodeError): void {
    const { node } = execution;
    const { inputs, processData } = failure;
    this.#exceptions++;
    if (node.onError === undefined) {
      this.#fill(execution, 'failed', failure);
      execution.error = failure.message;
      this.#emit({ type: 'finished', execution });
      this.#finish({ status: 'failed', error: failure.message });
      return;
    }
    const { onError } = node;
    const outputs = {
      ...(onError.strategy === 'default-value' ? onError.outputs : {}),
      error_message: failure.message,
      error_type: failure.errorType,
    };
    const metadata = { error_strategy: onError.strategy };
    this.#fill(execution, 'exception', { inputs, processData, outputs, metadata });
    execution.error = 'Unknown error';
    this.values.setAll(node.id, outputs);
    if (this.#run.generation.speaksAfterException) this.#say(this.#streaming.flush());
    this.#goOn(execution, onError.strategy === 'fail-branch' ? 'fail-branch' : undefined);
  }

  #retried(execution: Execution, { inputs, message, outputs, processData }: NodeError, attempt: number): void {
    this.#exceptions++;
    this.#steps++;
    this.#fill(execution, 'retry', { inputs, processData, outputs });
    execution.error = message;
    this.#emit({ type: 'retried', execution, retry: attempt });
    execution.error = null;
  }

  #fill(execution: Execution, status: Execution['status'], result: Partial<NodeResult>): void {
    execution.finishedAt = this.#run.clock.now();
    execution.status = status;
    execution.inputs = result.inputs ?? {};
    execution.processData = result.processData ?? {};
    execution.outputs = result.outputs ?? {};
    execution.usage = result.usage;
    const where = placeData(this.#place);
    execution.metadata = result.metadata === undefined ? where : { ...result.metadata, ...where };
  }

  /** Takes the edges behind a node, and only then says that it is done and starts those whose turn it is. */
  #goOn(execution: Execution, handle: string | undefined): void {
    const { next, taken } = this.#branches.leave(execution.node.id, handle);
    for (const edge of taken) this.#say(this.#streaming.edgeTaken(edge));
    if (execution.node.execution !== 'container') this.#emit({ type: 'finished', execution });
    for (const node of next) this.#start(node);
    if (this.#aborting) void this.#abortSoon();
    this.#rested();
  }

  #rested(): void {
    this.#running--;
    if (this.#running > 0 || this.#aborting) return;
    const forms = this.#paused.map(({ form }) => form);
    this.#finish(forms.length === 0 ? { status: 'succeeded' } : { status: 'paused', forms });
  }

  /** What is short enough still happens: the next node's start, a node without work. */
  async #abortSoon(): Promise<void> {
    await this.#run.clock.sleep(10, this.#over.signal);
    this.#finish({ status: 'aborted', error: 'Aborted: User requested stop' });
  }

  async #abortInSilence(): Promise<void> {
    const { clock } = this.#run;
    const latest = clock.now() + 2000;
    while (!this.#over.signal.aborted) {
      await clock.sleep(Math.max(1, this.#lastEvent + 100 - clock.now()), this.#over.signal);
      if (clock.now() >= Math.min(latest, this.#lastEvent + 100)) {
        await this.#abortSoon();
        return;
      }
    }
  }
}
