import { errorOfEvent } from './errorResponse.ts';
import type { DifyError } from './errors.ts';
import type { StreamEvent } from './events.ts';

/** The end of a turn, always the last thing a generating call yields. */
export type TurnEnd =
  | { readonly event: 'end'; readonly reason: 'done' | 'paused' | 'stopped' }
  /** The stream broke off, or was broken off: what came is kept and may not be all. */
  | { readonly event: 'end'; readonly reason: 'incomplete'; readonly error: DifyError };

/** What the events of a stream have said about its end so far. */
export interface Ending {
  readonly workflow: 'none' | 'open' | 'succeeded' | 'failed' | 'stopped';
  /** Whether the workflow answers a message, which has an end of its own. */
  readonly chatflow: boolean;
  readonly messageEnded: boolean;
  readonly paused: boolean;
  /** Why the workflow failed, in the server's words. */
  readonly error: string;
}

export const noEnding: Ending = { workflow: 'none', chatflow: false, messageEnded: false, paused: false, error: '' };

/** The same for a stream that attaches to a run: only what runs in a workflow can be attached to. */
export const attachedEnding: Ending = { ...noEnding, workflow: 'open' };

/** Servers before 1.13 end a chatflow with `workflow_finished`, `message_end`; later ones the other way round; either may be missing. */
export function endingAfter(ending: Ending, event: StreamEvent): Ending {
  switch (event.event) {
    case 'workflow_started':
      return { ...ending, workflow: 'open', chatflow: event.message_id !== undefined, paused: false };
    case 'workflow_finished': {
      const outcome = outcomeOf(event.status, event.error);
      // Dify 1.17 lets a failed workflow follow an answer that came from an annotation: the answer stands.
      const workflow = outcome === 'failed' && ending.messageEnded ? 'succeeded' : outcome;
      return { ...ending, workflow, error: event.error ?? '', paused: false };
    }
    case 'message_end':
      return { ...ending, messageEnded: true };
    case 'workflow_paused':
      return { ...ending, paused: true };
    default:
      // Some servers lose the event that begins a workflow, and a stream that attaches to a run may come after it.
      return ending.workflow === 'none' && event.workflow_run_id !== undefined
        ? { ...ending, workflow: 'open', chatflow: event.message_id !== undefined }
        : ending;
  }
}

/** A stop that comes just before a node ends makes the run fail: which of the two it is, is a race on the server. */
function outcomeOf(status: string, error: string | undefined): 'succeeded' | 'failed' | 'stopped' {
  if (status === 'stopped' || error === 'Aborted: User requested stop') return 'stopped';
  return status === 'failed' ? 'failed' : 'succeeded';
}

/** Whether an end event came: what is left of the stream is worth a few seconds, no more. */
export function isEnding({ workflow, messageEnded, paused }: Ending): boolean {
  return messageEnded || paused || (workflow !== 'none' && workflow !== 'open');
}

/** Whether nothing that matters can follow. Without a workflow only speech comes after `message_end`. */
export function isComplete({ workflow, chatflow, messageEnded, paused }: Ending): boolean {
  if (messageEnded) return workflow !== 'open';
  return paused || (!chatflow && workflow !== 'none' && workflow !== 'open');
}

/**
 * The end of a stream that gave these events and then ended or broke.
 *
 * @throws {DifyError} `runFailed` if the run failed on the server
 */
export function endOf(what: string, ending: Ending, broken: DifyError): TurnEnd {
  if (ending.workflow === 'failed') throw errorOfEvent(what, { message: ending.error });
  if (ending.workflow === 'stopped') return { event: 'end', reason: 'stopped' };
  if (ending.paused) return { event: 'end', reason: 'paused' };
  return isEnding(ending) ? { event: 'end', reason: 'done' } : { event: 'end', reason: 'incomplete', error: broken };
}
