import type { Answer } from '../quickInput.ts';
import type { ConnectButton, ConnectFailure } from './connectFailure.ts';

/** What connecting asks and tells the person. Everywhere `undefined` is: they gave up. */
export interface Asks {
  /** Step 1. `changed` hears every change, so that nothing typed is lost. */
  address(value: string, changed: (typed: string) => void): Promise<Answer<string>>;
  /** Step 1b: the address is not encrypted. */
  encryption(baseUrl: string): Promise<Answer<'https' | 'plain'>>;
  /** The API is not where the address was read to be. */
  found(baseUrl: string): Promise<'use' | 'edit' | undefined>;
  /** Step 2. */
  key(baseUrl: string, value: string, changed: (typed: string) => void): Promise<Answer<string>>;
  /** Another app has the name; proposes one. */
  name(proposal: string): Promise<Answer<string>>;
  /** Step 3: works behind a notification that can be cancelled; `tell` changes its words. */
  working<T>(
    baseUrl: string,
    work: (signal: AbortSignal, tell: (sentence: string) => void) => Promise<T>,
  ): Promise<T | 'cancelled'>;
  failed(failure: ConnectFailure): Promise<ConnectButton | undefined>;
  /** Several keys were tried: how many opened an app, how many did not, and why the first of these if not for being refused. */
  several(connected: number, refused: number, reason: string): void;
  /** The secret storage did not keep a key. Nobody waits for an answer. */
  unsaved(): void;
  openApiPage(baseUrl: string): void;
  showLog(): void;
}
