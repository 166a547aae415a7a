import type { Mode } from './modes.ts';
import type { Probe } from './probe.ts';

/** Something that every Dify server of a generation does. It leaves nothing behind on a server that is somebody's own. */
export interface Case {
  /** A sentence, unique. */
  readonly name: string;
  /** Apps of which modes it is about, tried on one app of each; all if absent. */
  readonly modes?: readonly Mode[];
  /** The only generation that has it. */
  readonly only?: 'a' | 'b';
  /** Features an app must have. */
  readonly needs?: readonly string[];
  /** @throws if the server does something else */
  readonly run: (app: Probe) => Promise<void>;
}
