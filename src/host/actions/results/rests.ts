import { canBeFetched, cutOf, type AnswerPart } from '../../../conversation/result.ts';
import { keepsAnswers, type App } from '../../app.ts';
import type { Life } from '../../life.ts';
import type { ResultPorts } from './ports.ts';
import type { Reads } from './runParts.ts';
import type { ShownResult } from './shownResult.ts';

/** A part of a result, as it was when it was asked for. */
export interface AskedPart {
  /** Its place, from 0. */
  readonly part: number;
  readonly each: AnswerPart;
}

/** How parts are read: one that was cut off, and that its app goes on with, is read on; it is never asked for twice. */
export function readsOf(
  shown: ShownResult,
  app: App,
  { ask, rest }: Pick<ResultPorts, 'ask' | 'rest'>,
): Reads<AskedPart> {
  const readRest: Reads<AskedPart>['rest'] = ({ part, each }, signal) => {
    const { parts, askedAt } = shown.answer;
    return rest(app, cutOf(parts[part] ?? each, askedAt, shown.result), signal);
  };
  return {
    ask: (asked, signal) => (canBeFetched(asked.each) ? readRest(asked, signal) : ask(app, asked.each.request, signal)),
    rest: readRest,
  };
}

/** Whether nothing more comes of the answer when its window is closed. */
export function losesRest({ result }: ShownResult): boolean {
  return !keepsAnswers(result.app);
}

/** Waits for the work; at the end of VS Code of an answer that goes on without us only what came is kept. */
export async function finishing(
  work: Promise<void>,
  shown: ShownResult,
  life: Pick<Life, 'closing' | 'finish'>,
  keep: () => Promise<void>,
): Promise<void> {
  if (losesRest(shown)) return await life.finish(work);
  const closed = new Promise<void>((resolve) => {
    life.closing.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.all([work, life.finish(Promise.race([work, closed.then(keep)]))]);
}
