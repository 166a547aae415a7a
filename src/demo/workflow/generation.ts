import type { Fields } from './graph.ts';

/** In what the two servers differ where workflows are concerned. */
export interface WorkflowGeneration {
  readonly name: 'a' | 'b';
  /** An Answer node that is certain from the start speaks before the Start node has run. */
  readonly startsSpeakingAtOnce: boolean;
  /** A node whose failure is handled lets the answer go on at once. */
  readonly speaksAfterException: boolean;
  /** A stop is noticed inside a node too, if nothing happens there. */
  readonly abortsInSilence: boolean;
  /** The Start node's values include those of `sys`. */
  readonly startNamesSystem: boolean;
  readonly modelsAreInputs: boolean;
  readonly keepsEmptyContext: boolean;
  /** With separated reasoning only the answer is streamed. */
  readonly streamsNoThoughts: boolean;
  readonly knowsSummaries: boolean;
  readonly showsWholeSettings: boolean;
  readonly loopReasonIsLast: boolean;
  /** Where the run is a job of its own: its stream begins with a ping and is a relay, bad inputs are told inside of it. */
  readonly relays: boolean;
  /** Members of `workflow_started`'s data behind those that both have. */
  readonly startedExtras: Fields;
}

export const workflowGenerations = {
  a: {
    name: 'a',
    startsSpeakingAtOnce: false,
    speaksAfterException: false,
    abortsInSilence: false,
    startNamesSystem: true,
    modelsAreInputs: false,
    keepsEmptyContext: true,
    streamsNoThoughts: false,
    knowsSummaries: false,
    showsWholeSettings: false,
    loopReasonIsLast: false,
    relays: false,
    startedExtras: {},
  },
  b: {
    name: 'b',
    startsSpeakingAtOnce: true,
    speaksAfterException: true,
    abortsInSilence: true,
    startNamesSystem: false,
    modelsAreInputs: true,
    keepsEmptyContext: false,
    streamsNoThoughts: true,
    knowsSummaries: true,
    showsWholeSettings: true,
    loopReasonIsLast: true,
    relays: true,
    startedExtras: { reason: 'initial' },
  },
} satisfies Record<'a' | 'b', WorkflowGeneration>;
