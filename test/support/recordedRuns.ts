import { ask } from '../../src/conversation/ask.ts';
import type { Words } from '../../src/conversation/failure.ts';
import { reduceRun } from '../../src/conversation/reduceRun.ts';
import { newRun, type Run, type RunEvent } from '../../src/conversation/run.ts';
import { chat } from '../../src/dify/chat.ts';
import type { DifyClient } from '../../src/dify/client.ts';
import { complete } from '../../src/dify/completion.ts';
import type { TurnEvent } from '../../src/dify/turn.ts';
import { attachToRun, runWorkflow } from '../../src/dify/workflows.ts';
import { clientAnswering, neverAborted, streamOf } from './difyClient.ts';
import { bodyOf, recording, type RecordedExchange } from './recordings.ts';

export const words: Words = { t: (message) => message, host: 'dify.test', keepsAnswers: true };

/** What our client makes of recorded answers: the events of each exchange, and the run after all of them. */
export interface ReplayedRun {
  readonly run: Run;
  readonly events: readonly (readonly RunEvent[])[];
}

/**
 * The recorded answers to one run, one after the other: its own stream, then those that attach to it.
 *
 * @param name like `a/chat/follow-up`
 * @param indexes places of the exchanges in the recording, from 0
 */
export async function replayedRun(name: string, ...indexes: readonly number[]): Promise<ReplayedRun> {
  let run = newRun;
  const events: (readonly RunEvent[])[] = [];
  for (const index of indexes) {
    const exchange = exchangeOf(name, index);
    const attaches = exchange.request.method === 'GET';
    const told = await Array.fromAsync(ask(turnOf(exchange), words, attaches ? run.text : undefined));
    run = told.reduce(reduceRun, run);
    events.push(told);
  }
  return { run, events };
}

/** The exchange at its place, from 0. */
export function exchangeOf(name: string, index: number): RecordedExchange {
  const exchange = recording(name).exchanges[index];
  if (exchange === undefined) throw new RangeError(`${name} has no exchange ${index}`);
  return exchange;
}

/** What the client yields when it gets the recorded answer. */
export function turnOf(exchange: RecordedExchange): AsyncGenerator<TurnEvent, void, void> {
  const client = clientAnswering(({ pathname }) =>
    pathname.endsWith('/stop') ? Response.json({ result: 'success' }) : responseOf(exchange),
  );
  return callOf(client, exchange.request);
}

/** Makes the call that the recorded request is, with no more of its body than the call needs. */
export function callOf(
  client: DifyClient,
  { method, path }: RecordedExchange['request'],
): AsyncGenerator<TurnEvent, void, void> {
  if (method === 'GET') return attachToRun(client, { runId: 'run', mode: 'workflow' }, neverAborted);
  if (path.includes('/workflows/')) return runWorkflow(client, { inputs: {} }, neverAborted);
  if (path.includes('/completion-messages')) return complete(client, { inputs: {} }, neverAborted);
  return chat(client, { query: 'q', inputs: {}, conversation_id: '' }, neverAborted);
}

/** The recorded answer, as it came. What the recorder broke off ends there. */
export function responseOf(exchange: RecordedExchange): Response {
  const { response } = exchange;
  const headers = (response?.headers ?? []).filter(([name]) => /^content-type$/i.test(name));
  const init = {
    status: response?.status ?? 200,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
  };
  const body = new Uint8Array(bodyOf(exchange));
  const streams = headers.some(([, value]) => value.startsWith('text/event-stream'));
  return streams ? new Response(streamOf([body]).body, init) : new Response(init.status === 204 ? null : body, init);
}
