import { isLost } from '../../../conversation/rest.ts';
import type { RunEvent } from '../../../conversation/run.ts';
import { endsRun } from '../../../conversation/session.ts';

/** So many parts of one job are asked at a time: Dify lets an app have few requests at once. */
const abreast = 3;

/** How a part is read. */
export interface Reads<T> {
  readonly ask: (request: T, signal: AbortSignal) => AsyncGenerator<RunEvent, void, void>;
  /** What became of its answer, where the connection was lost and the app goes on without it. */
  readonly rest: (request: T, signal: AbortSignal) => AsyncGenerator<RunEvent, void, void>;
}

/**
 * Asks for each request, and tells what happens to which part of the job. Once the signal is aborted no text is told any more, and parts
 * that were not begun are told as stopped without being sent.
 */
export async function runParts<T>(
  requests: readonly T[],
  { ask, rest }: Reads<T>,
  told: (part: number, event: RunEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const waiting = requests.map((request, part) => ({ request, part }));
  const next = async (): Promise<void> => {
    for (let work = waiting.shift(); work !== undefined; work = waiting.shift()) {
      const { part, request } = work;
      const tell = (event: RunEvent): void => told(part, event);
      if (signal.aborted) tell({ type: 'stopped' });
      else await runPart(ask(request, signal), tell, signal, () => rest(request, signal));
    }
  };
  await Promise.all(Array.from({ length: abreast }, next));
}

/** One read may bring several events: of those after a stop only the end counts, and then it was no whole answer. */
async function runPart(
  events: AsyncGenerator<RunEvent, void, void>,
  told: (event: RunEvent) => void,
  signal: AbortSignal,
  rest?: () => AsyncGenerator<RunEvent, void, void>,
): Promise<void> {
  for await (const event of events) {
    if (signal.aborted) {
      if (endsRun(event)) told(event.type === 'answered' ? { type: 'stopped' } : event);
    } else if (rest !== undefined && isLost(event)) {
      told({ type: 'lost', failure: event.failure });
      return await runPart(rest(), told, signal);
    } else {
      told(event);
    }
  }
}
