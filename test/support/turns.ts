import { DifyError } from '../../src/dify/errors.ts';
import type { TurnEvent } from '../../src/dify/turn.ts';

export const question = { query: 'Hello?', inputs: {}, conversation_id: '' };
export const ids = { task_id: 't-1', message_id: 'm-1', conversation_id: 'c-1' };
export const said = (answer: string): object => ({ event: 'message', ...ids, answer });
export const ended = {
  event: 'message_end',
  ...ids,
  metadata: { usage: { total_tokens: 7, total_price: '0.1', latency: 2 } },
};
export const eventStream = { 'content-type': 'text/event-stream; charset=utf-8' };

/** Names of the events, the end by its reason, a failure by its kind. */
export function outline(events: readonly unknown[]): readonly string[] {
  return (events as (TurnEvent | Error)[]).map((event) => {
    if (event instanceof DifyError) return `failed: ${event.kind}`;
    if (event instanceof Error) return String(event);
    return event.event === 'end' ? `end: ${event.reason}` : event.event;
  });
}
