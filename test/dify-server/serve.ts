/** One request as it reached the server, the key replaced. */
export interface LoggedRequest {
  /** Milliseconds since the server started. */
  readonly at: number;
  readonly method: string;
  /** Path with query, from `/v1` on. */
  readonly path: string;
  /** Name of the app whose key was sent, or undefined. */
  readonly app: string | undefined;
  /** The JSON body, or undefined. */
  readonly body: unknown;
  readonly status: number;
}

export interface DemoAppKey {
  readonly name: string;
  /** Dify's mode: completion, chat … */
  readonly mode: string;
  readonly key: string;
}

export interface DifyServerOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly generation?: 'a' | 'b';
  readonly tokensPerSecond?: number;
}

export interface RunningDifyServer {
  /** Like `http://127.0.0.1:5001/v1`. */
  readonly baseUrl: string;
  readonly apps: readonly DemoAppKey[];
  readonly log: readonly LoggedRequest[];
  close(): Promise<void>;
}

/** Puts the demo server on `node:http` at 127.0.0.1. */
export function startDifyServer(_options: DifyServerOptions = {}): Promise<RunningDifyServer> {
  throw new Error('Not built yet.');
}
