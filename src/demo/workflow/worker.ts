import { eventStream } from '../http/eventStream.ts';
import type { Call } from '../routes.ts';
import type { Run } from './run.ts';
import { patience, pingFrame } from './runStream.ts';

/** The process that carries out streaming runs: on a newer server one of its own, on an older one that of the API. It can fail. */
export class Worker {
  readonly #runs = new Set<Run>();
  #back: PromiseWithResolvers<void> | undefined;

  /** Resolves when jobs are carried out again; undefined while they are. */
  get back(): Promise<void> | undefined {
    return this.#back?.promise;
  }

  /** From now on jobs wait; those that run go on. */
  stop(): void {
    this.#back ??= Promise.withResolvers();
  }

  /** Begins with the jobs that have waited. */
  start(): void {
    this.#back?.resolve();
    this.#back = undefined;
  }

  /** Whatever runs ends without a word, and nobody notes it down. */
  kill(): void {
    for (const run of this.#runs) run.vanish();
    this.#runs.clear();
  }

  carryOut(run: Run): void {
    this.#runs.add(run);
    void run.ended.then(() => this.#runs.delete(run));
  }
}

/**
 * Answers a call for a stream once there is a worker to run it. Till then the client gets a ping and then nothing; the job stays in line
 * whether or not somebody still waits for it.
 */
export async function onceWorking(call: Call, answer: () => Promise<Response>): Promise<Response> {
  const { request, server } = call;
  const { back } = server.worker;
  if (back === undefined || !server.generation.workflow.relays) return answer();
  const later = back.then(answer);
  async function* frames(): AsyncGenerator<string, void> {
    yield pingFrame;
    const waited = server.clock.sleep(patience, request.signal).then(() => undefined);
    const response = await Promise.race([later, waited]);
    let isFirst = true;
    for await (const text of response?.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      if (!isFirst) yield text;
      isFirst = false;
    }
  }
  return eventStream(frames(), request.signal, () => {});
}
