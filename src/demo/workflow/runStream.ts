import { eventStream } from '../http/eventStream.ts';
import { within } from '../humanInput/listening.ts';
import type { Generation } from '../generations.ts';
import type { Call } from '../routes.ts';
import type { Listener, RelayMessage } from './relay.ts';

/** A relay ends about a second after the last event, and when nothing has come for five minutes. */
const endDelay = 1000;
export const patience = 300_000;

export const pingFrame = 'event: ping\n\n';

/**
 * The stream of a run that a call has started.
 *
 * @param leave What the client's going away means beyond nobody listening.
 */
export function runStream(call: Call, listener: Listener, leave: () => void): Promise<Response> {
  const { request } = call;
  return eventStream(framesOf(call, listener), request.signal, () => {
    listener.leave();
    leave();
  });
}

/** The stream of a run that never starts: bad inputs are told by an event without code, and then nobody ends the connection for minutes. */
export function refusedStream(call: Call, message: string): Promise<Response> {
  const { clock, generation } = call.server;
  async function* frames(): AsyncGenerator<string, void> {
    yield pingFrame;
    yield `data: ${generation.eventJson({ event: 'error', message, status: 500 })}\n\n`;
    await clock.sleep(patience, call.request.signal);
  }
  return eventStream(frames(), call.request.signal, () => {});
}

/** What a listener is told, as it is written into a stream. */
export function frameOf(message: Exclude<RelayMessage, { readonly type: 'over' }>, { eventJson }: Generation): string {
  return message.type === 'ping' ? pingFrame : `data: ${eventJson(message.event)}\n\n`;
}

async function* framesOf({ request, server }: Call, listener: Listener): AsyncGenerator<string, void> {
  const { clock, generation } = server;
  const { relays } = generation.workflow;
  if (relays) yield pingFrame;
  for (;;) {
    const message = await (relays ? within(patience, listener.next(), clock) : listener.next());
    // The run has died, or its end could not be saved.
    if (message === undefined) return;
    if (message.type !== 'over') yield frameOf(message, generation);
    if (message.type !== 'over' || message.how === 'silent') continue;
    listener.leave();
    if (message.how === 'broken') throw new TypeError('The conversation was deleted meanwhile.');
    if (relays) await clock.sleep(endDelay, request.signal);
    return;
  }
}
