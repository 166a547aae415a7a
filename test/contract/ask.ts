import type { StreamEvent } from '../support/eventStream.ts';
import type { StreamEnd } from './streams.ts';

/** A request, as far as it differs from an ordinary one. */
export interface Ask {
  /** POST if there is a body, else GET. */
  readonly method?: string;
  /** Below the base URL, like `/messages`; from the origin on when it begins with two slashes, like `//health`. */
  readonly path: string;
  /** Sent as JSON, the user added; text is sent as it is. */
  readonly body?: Fields | string | Uint8Array<ArrayBuffer>;
  /** Added to the query; the user is added to that of a GET. A key whose value is undefined is left out, so is the user. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Instead of the ordinary ones; undefined for none. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** One with a JSON body. */
export interface JsonAsk extends Ask {
  readonly body: Fields;
}

export interface Expected {
  readonly status: number;
  readonly code?: string;
  /** How its content type begins; JSON, or that of a stream, if absent. */
  readonly type?: string;
  /** How the stream may end. */
  readonly end?: StreamEnd | readonly StreamEnd[];
}

export type Fields = Readonly<Record<string, unknown>>;

export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** {} if the body is no JSON object. */
  readonly json: Fields;
  readonly events: readonly StreamEvent[];
}
