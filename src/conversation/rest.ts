import { DifyError } from '../dify/errors.ts';
import type { Conversation, Message } from './conversation.ts';
import { describe, type Failure, type Words } from './failure.ts';
import { listedAs } from './reduce.ts';
import type { Run, RunEvent } from './run.ts';

/** How the history is read again and again. */
export interface RestPorts {
  readonly history: (signal: AbortSignal) => Promise<Conversation>;
  /** Rejects when the signal is aborted. Milliseconds. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly words: Words;
}

/** Pauses between two looks, in milliseconds: two minutes in all. An app that runs for longer can be looked at again. */
const pauses = [1_000, 2_000, 3_000, 4_000, 5_000, ...Array.from({ length: 10 }, () => 10_000)];

/**
 * What became of an answer that was cut off, from the server's history: it is read until the answer is there, or is clearly not, or the
 * time is over. Ends as `ask` does, and never throws.
 */
export async function* restOf(
  message: Message,
  { history, sleep, words }: RestPorts,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, void, void> {
  const { t } = words;
  yield { type: 'resumed' };
  try {
    for (const pause of [...pauses, undefined]) {
      const found = listedAs(message, await history(signal));
      if (found === undefined)
        return yield nothing(t('Dify does not have this question. It may never have arrived.'), 'retry');
      if (isTold(found.run)) return yield* told(found.run);
      if (pause !== undefined) await sleep(pause, signal);
    }
    const advice = t('Dify has no text of the answer yet. It may still be working on it, or have lost it.');
    yield nothing(advice, 'fetchRest');
  } catch (error) {
    const failure = signal.aborted ? undefined : describe(error, words);
    const isGone = error instanceof DifyError && error.kind === 'notFound';
    yield failure === undefined
      ? { type: 'stopped' }
      : { type: 'incomplete', failure: isGone ? failure : { ...failure, remedy: 'fetchRest' } };
  }

  function nothing(advice: string, remedy: Failure['remedy']): RunEvent {
    return { type: 'incomplete', failure: { fact: t('Incomplete.'), advice, remedy, details: '' } };
  }
}

/** An answer that is found in the history, or that failed there, or waits: not an empty one, which says nothing. */
function isTold({ status, text }: Run): boolean {
  return text !== '' || status.type === 'failed' || status.type === 'paused';
}

function* told({ messageId, runId, text, files, citations, forms, status }: Run): Generator<RunEvent, void, void> {
  yield { type: 'started', messageId, conversationId: undefined, runId, stoppable: false };
  if (text !== '') yield { type: 'textReplaced', text };
  for (const file of files) yield { type: 'fileAdded', file };
  if (citations.length > 0) yield { type: 'cited', citations };
  for (const { form } of forms) yield { type: 'formOpened', form };
  if (status.type === 'failed') yield { type: 'failed', failure: status.failure };
  else yield status.type === 'paused' ? { type: 'paused' } : { type: 'answered', usage: undefined };
}
