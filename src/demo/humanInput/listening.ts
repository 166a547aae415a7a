import type { Clock } from '../clock.ts';
import type { Listener, RelayMessage } from '../workflow/relay.ts';

/** What a reader of a run's events gets: an event, or a sign that the connection lives. */
export type Heard = Exclude<RelayMessage, { readonly type: 'over' }>;

export interface Listening {
  readonly relay: Listener;
  readonly clock: Clock;
  /** Whether nothing can follow. */
  readonly isLast: (event: object) => boolean;
}

const pingAfter = 10_000;
const goneAfter = 300_000;

/** How long a stream of the relay stays open after its last event, in ms. */
export const lingering = 1000;

/**
 * What a run's relay sends from now on, with a ping after every ten seconds of silence, till the last event or five minutes of silence.
 * That a run is over without an event for it is not noticed.
 */
export async function* listen({ clock, isLast, relay }: Listening): AsyncGenerator<Heard, void> {
  let coming = relay.next();
  let silentSince = clock.now();
  while (clock.now() < silentSince + goneAfter) {
    const message = await within(pingAfter, coming, clock);
    if (message === undefined) {
      if (clock.now() < silentSince + goneAfter) yield { type: 'ping' };
      continue;
    }
    coming = relay.next();
    if (message.type === 'over' && message.how === 'broken') return;
    if (message.type === 'over') continue;
    silentSince = clock.now();
    yield message;
    if (message.type === 'event' && isLast(message.event)) {
      await clock.sleep(lingering, new AbortController().signal);
      return;
    }
  }
}

/** What comes within `ms`, or undefined. */
export async function within<Item>(ms: number, coming: Promise<Item>, clock: Clock): Promise<Item | undefined> {
  const enough = new AbortController();
  const item = await Promise.race([coming, clock.sleep(ms, enough.signal)]);
  enough.abort();
  return item ?? undefined;
}
