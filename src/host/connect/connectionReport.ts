import type { Translate } from '../../conversation/failure.ts';
import { hostOf, type App } from '../app.ts';
import { modeWords } from '../appRows.ts';
import type { Transport } from '../transport.ts';
import { connectFailure } from './connectFailure.ts';

/** What came of reaching the app one way. */
export type Reached =
  | { readonly transport: Transport; readonly milliseconds: number; readonly name: string; readonly version: string }
  | { readonly transport: Transport; readonly error: unknown };

/** What is told of a tested connection. */
export interface ConnectionReport {
  readonly sentence: string;
  /** The other way works and the one in use does not: it is offered. */
  readonly better: Transport | undefined;
  /** Why the way in use does not work. */
  readonly error: unknown;
}

/** App, mode, server, and how long each way takes; or what is wrong with the way in use. */
export function connectionReport(
  app: App,
  ways: readonly Reached[],
  current: Transport,
  t: Translate,
): ConnectionReport {
  const used = ways.find(({ transport }) => transport === current);
  if (used === undefined || 'error' in used) return failedReport(app, ways, used?.error, t);
  const words = { app: used.name || app.name, mode: modeWords(app), host: hostOf(app) };
  const facts = [
    t('{app} ({mode}) answers at {host}.', words),
    used.version === '' ? '' : t('Dify {version}.', { version: used.version }),
    ...ways.map((way) => waySentence(way, way === used, app.baseUrl, t)),
  ];
  return { sentence: facts.filter((fact) => fact !== '').join(' '), better: undefined, error: undefined };
}

function failedReport(app: App, ways: readonly Reached[], error: unknown, t: Translate): ConnectionReport {
  const { sentence } = connectFailure(error, app.baseUrl, t);
  const better = ways.find((way) => !('error' in way))?.transport;
  if (better === undefined) return { sentence, better, error };
  const works = better === 'direct' ? t('The direct transport gets there.') : t("The editor's transport gets there.");
  return { sentence: `${sentence} ${works}`, better, error };
}

function waySentence(way: Reached, isUsed: boolean, baseUrl: string, t: Translate): string {
  const name = way.transport === 'editor' ? t("The editor's transport") : t('The direct transport');
  if ('error' in way) {
    const reason = connectFailure(way.error, baseUrl, t).sentence;
    return t('{transport} does not get there: {reason}', { transport: name, reason });
  }
  const words = { transport: name, n: Math.round(way.milliseconds) };
  return isUsed ? t('{transport} is in use and takes {n} ms.', words) : t('{transport} would take {n} ms.', words);
}
