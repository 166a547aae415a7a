import { createDemoServer } from '../../src/demo/server.ts';
import { appEntries, labApps } from '../lab/apps.ts';
import { labModel } from '../lab/model.ts';
import { TestClock } from '../support/testClock.ts';
import { type TestedApp, discovered } from './apps.ts';
import { type Target, embedded } from './target.ts';

/** The embedded server with the apps of the lab, all on the lab's model and a clock of its own. */
export async function embeddedServer(
  generation: 'a' | 'b',
): Promise<{ readonly target: Target; readonly apps: readonly TestedApp[] }> {
  const clock = new TestClock();
  const server = createDemoServer({
    generation,
    apps: labApps.map(({ app }) => app),
    clock,
    source: labModel(clock),
    tokensPerSecond: Infinity,
  });
  const target = embedded(server, clock);
  return { target, apps: await discovered(target, appEntries()) };
}
