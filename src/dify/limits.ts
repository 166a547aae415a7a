/** How long the client waits, in milliseconds, and how much it takes, in UTF-16 code units. */
export interface Limits {
  /** From sending to the head of a streaming answer. Dify sends no head before the first event: 10 s is normal. */
  readonly head: number;
  /** Between two bytes of a stream. A living run pings every 10 s. */
  readonly idle: number;
  /** From the first end event to the end of the stream. Some streams stay open for minutes after it. */
  readonly rest: number;
  /** From a stop to closing the connection: closing earlier makes Dify lose the partial answer. */
  readonly stop: number;
  /** A whole call that does not stream; of a file on its way, the time between two pieces. */
  readonly call: number;
  /** Unit of the growing pause before a request is sent again. */
  readonly pause: number;
  /** One event. */
  readonly event: number;
  /** The text of one answer. */
  readonly answer: number;
  /** A file that is read, in bytes: Dify takes videos of 100 MB. */
  readonly file: number;
}

export const defaultLimits: Limits = {
  head: 60_000,
  idle: 45_000,
  rest: 5_000,
  stop: 5_000,
  call: 30_000,
  pause: 500,
  event: 32 * 1024 * 1024,
  answer: 4 * 1024 * 1024,
  file: 100 * 1024 * 1024,
};
