import { readStreamEvent, type StreamEvent } from './events.ts';
import { filled, object, type Fields } from './json.ts';

/**
 * What a blocking answer tells, in the events that a stream would tell it with, or `undefined` if it is none. Dify 1.13.0 answers blocking
 * requests with a stream, and a gateway may do the reverse: so it is the answer that decides, not the request.
 */
export function readBlockingAnswer(fields: Fields): readonly StreamEvent[] | undefined {
  const name = filled(fields, 'event');
  if (name === 'message') return events(fields, 'message', 'message_end');
  // A chatflow that waits for a person.
  if (name === 'workflow_paused') return events(fields, 'message', 'workflow_paused');
  const status = filled(object(fields, 'data'), 'status');
  if (name !== undefined || status === undefined) return undefined;
  return events(fields, 'workflow_started', status === 'paused' ? 'workflow_paused' : 'workflow_finished');
}

function events(fields: Fields, ...names: readonly string[]): readonly StreamEvent[] {
  return names.flatMap((event) => readStreamEvent({ ...fields, event }) ?? []);
}
