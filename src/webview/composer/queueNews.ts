import type { ChatState, Queued } from '../../conversation/protocol.ts';
import { t } from '../locale.ts';

type Waiting = Pick<ChatState, 'queue' | 'queueHeld'>;

/** What a screen reader is told of the queue: that it grew, or that it waits for the person. `undefined` for nothing new. */
export function queueNews(before: Waiting, { queue, queueHeld }: Waiting): string | undefined {
  if (queue.length === 0) return undefined;
  if (queueHeld && !before.queueHeld) return t('queueHeld', { n: queue.length });
  return isLonger(before.queue, queue) ? t('queued', { n: queue.length }) : undefined;
}

/** Whether something is queued that was not. */
export function isLonger(before: readonly Queued[], after: readonly Queued[]): boolean {
  return after.some(({ key }) => before.every((known) => known.key !== key));
}
