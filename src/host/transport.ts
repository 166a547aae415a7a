import type { Fetch } from '../dify/client.ts';

/**
 * A way to the network. `editor`: the `fetch` of the extension host, which knows the proxy, the sign-in at it and the certificates that VS
 * Code knows. `direct`: our own, which reads the same settings and takes more certificate files.
 */
export type Transport = 'editor' | 'direct';

/** The ways to the network, and which of them is taken. */
export interface Transports {
  /** Goes the way that the settings say. */
  readonly fetch: Fetch;
  /** The way that `fetch` goes now. */
  current(): Transport;
  /** One way, whatever the settings say; `undefined` if this VS Code cannot go it. */
  through(transport: Transport): Fetch | undefined;
  /** Goes this way from now on, in every window. */
  use(transport: Transport): Promise<void>;
}
