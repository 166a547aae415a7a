import { window } from 'vscode';
import type { App } from '../app.ts';
import type { Apps } from '../apps.ts';
import type { Health } from '../health.ts';
import type { Keys } from '../keys.ts';
import type { Log } from '../log.ts';
import type { Transports } from '../transport.ts';
import { t } from '../words.ts';
import type { Asks } from './asks.ts';
import { connectionReport } from './connectionReport.ts';
import { reachBothWays, watchedWays } from './testConnection.ts';

interface TestPorts {
  readonly apps: Apps;
  readonly keys: Keys;
  readonly health: Health;
  readonly transports: Transports;
  readonly log: Log;
}

/** Tests the connection and tells what came of it. What is wrong with it, where no other way helps. */
export async function tellConnection(
  app: App,
  { apps, keys, health, transports, log }: TestPorts,
  { working }: Pick<Asks, 'working'>,
): Promise<unknown> {
  try {
    const credentials = { apiKey: await keys.get(app), user: await apps.user() };
    const watched = watchedWays(app, transports, health);
    const ways = await working(app.baseUrl, (signal) => reachBothWays(app, credentials, watched, signal));
    if (ways === 'cancelled') return undefined;
    const { better, error, ...report } = connectionReport(app, ways, transports.current(), t);
    // A server's words may quote the key.
    const sentence = log.redact(report.sentence);
    log.info(`Test Connection: ${sentence}`);
    if (better === undefined) {
      if (error === undefined) void window.showInformationMessage(sentence);
      return error;
    }
    const use = better === 'direct' ? t('Use the Direct Transport') : t("Use the Editor's Transport");
    if ((await window.showWarningMessage(sentence, use)) === use) await transports.use(better);
    return undefined;
  } catch (error) {
    return error;
  }
}
