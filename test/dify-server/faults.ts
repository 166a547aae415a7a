import type { NginxOptions } from './nginx.ts';

/**
 * What goes wrong with a request. Everything is plain JSON, so that it can be sent to `POST /__fault` too. Several members may be
 * combined, say one byte a chunk with a cut. Bytes are counted from the start of the body.
 */
export interface Fault {
  /** Requests whose path starts so, like `/v1/chat-messages`; all if absent. */
  readonly path?: string;
  readonly method?: string;
  /** Name of the app whose key was sent. */
  readonly app?: string;
  /** How many requests it hits: a number, by default 1, or all until the faults are cleared. */
  readonly times?: number | 'always';

  /** Close the connection instead of answering. */
  readonly hangUp?: Ending;
  /** Take the request and never answer. */
  readonly silent?: true;
  /** Answer this instead of asking Dify: a proxy's page, a status of its own, a redirect. */
  readonly answer?: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  /** As if this request came through nginx, in a bad state: 502 and 504 with its pages, a time limit in mid-stream, buffering. */
  readonly nginx?: NginxOptions;
  /** Milliseconds before the head. */
  readonly headDelay?: number;
  /** Milliseconds before each chunk. */
  readonly chunkDelay?: number;

  /** Answer as if the other response mode had been asked for. */
  readonly responseMode?: 'blocking' | 'streaming';
  /** After so many events an `error` event, then pings until the client closes. */
  readonly errorAfterEvents?: number;
  /** Milliseconds between those pings; 10,000 by default. */
  readonly pingEvery?: number;
  /** Leave out the events of these names, as some versions lost `workflow_started` or a chatflow's `message_end`. */
  readonly withoutEvents?: readonly string[];
  /** One more event behind the last, as versions around 1.17 added a failed `workflow_finished` without ids. */
  readonly lastEvent?: Readonly<Record<string, unknown>>;
  /** Leave out the last event, so that the stream ends without `message_end`. */
  readonly withoutLastEvent?: true;
  /** The last event lacks the blank line behind it. */
  readonly withoutLastBlankLine?: true;
  /** Do not close after the last byte. */
  readonly keepOpen?: true;
  /** Other ways to write the same events. */
  readonly style?: { readonly crlf?: true; readonly bom?: true; readonly comments?: true; readonly noSpace?: true };

  /** Turn these bytes into others (all bits flipped). */
  readonly corruptAt?: readonly number[];
  /** Bytes in a chunk, whatever the events are; `Infinity` cannot be written in JSON, 1e9 does it. */
  readonly chunkSize?: number;
  /** Places where one chunk ends and the next begins. */
  readonly splitAt?: readonly number[];
  /** Break off after so many bytes. */
  readonly cut?: { readonly after: number; readonly how: Ending };
  /** Say nothing more after so many bytes, and stay connected. */
  readonly stallAfter?: number;
}

/** `reset`: RST. `end`: FIN, without the end that the HTTP message should have. */
export type Ending = 'reset' | 'end';

/** A request as far as faults are matched. */
export interface Target {
  readonly method: string;
  readonly path: string;
  readonly app: string | undefined;
}

/** The faults that wait for their requests, the first that fits is taken. */
export class Faults {
  #waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times === 'always' ? Infinity : (fault.times ?? 1) });
  }

  clear(): void {
    this.#waiting = [];
  }

  take(target: Target): Fault | undefined {
    const found = this.#waiting.find(({ fault }) => fits(fault, target));
    if (found === undefined) return undefined;
    found.left--;
    if (found.left <= 0) this.#waiting = this.#waiting.filter((other) => other !== found);
    return found.fault;
  }
}

function fits(fault: Fault, target: Target): boolean {
  return (
    target.path.startsWith(fault.path ?? '') &&
    (fault.method ?? target.method) === target.method &&
    (fault.app ?? target.app) === target.app
  );
}
