// `npm start`: VS Code with the extension installed, beside a Dify server with demo apps. `--desktop` takes the VS Code of this machine,
// `--no-open` leaves the browser alone.
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type RunningDifyServer, startDifyServer } from './dify-server/serve.ts';
import { packageExtension, vsix } from './stages/build.ts';
import { openDesktop } from './start/desktop.ts';
import { openInBrowser, showInBrowser } from './start/editor.ts';
import { preferredPort } from './start/ports.ts';
import { cache, root } from './vscode/paths.ts';
import { changeSettings, quietSettings } from './vscode/settings.ts';

const { values } = parseArgs({ options: { desktop: { type: 'boolean' }, 'no-open': { type: 'boolean' } } });
const desktop = values.desktop === true || process.platform === 'win32';

// Until everything runs, an end may come at any point: `exit` takes along what was started.
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const interrupted = Promise.withResolvers<void>();
const endAtOnce = (): never => process.exit(0);
signals.forEach((signal) => process.once(signal, endAtOnce));

await packageExtension((text) => process.stdout.write(text));
const dify = await startDemo();
const home = path.join(cache, 'start');
const folder = path.join(home, 'harbour-lights');
const profile = {
  userData: path.join(home, desktop ? 'desktop-user-data' : 'user-data'),
  extensions: path.join(home, desktop ? 'desktop-extensions' : 'extensions'),
};
await prepare();
const editor = await (desktop ? openDesktop : openInBrowser)(vsix, folder, profile, difyEnvironment());

signals.forEach((signal) => process.off(signal, endAtOnce).on(signal, interrupted.resolve));
console.log(invitation());
if (!desktop && !values['no-open']) {
  await showInBrowser(editor.where);
}
const ending = await Promise.race([
  interrupted.promise.then(() => 'interrupted' as const),
  editor.ended.then(() => 'closed' as const),
]);
console.log(ending === 'interrupted' ? '\nStopping …' : 'VS Code has ended.');
await editor.stop();
await dify?.close();
process.exit(ending === 'interrupted' || desktop ? 0 : 1);

/** A port that stays the same keeps the apps connected from one start to the next. */
async function startDemo(): Promise<RunningDifyServer | undefined> {
  try {
    return await startDifyServer({ port: await preferredPort(5190) });
  } catch (error) {
    console.error('The demo Dify server did not start:', error);
    return undefined;
  }
}

/** The workspace and the settings, if there are none from an earlier start. */
async function prepare(): Promise<void> {
  if (!existsSync(folder)) {
    await cp(path.join(root, 'test/sample-workspace'), folder, { recursive: true });
  }
  if (!existsSync(profile.userData)) {
    await changeSettings(profile.userData, { ...quietSettings, 'workbench.startupEditor': 'readme' });
  }
}

function difyEnvironment(): Record<string, string> {
  return dify === undefined
    ? {}
    : { DIFY_BASE_URL: dify.baseUrl, DIFY_API_KEYS: dify.apps.map(({ key }) => key).join(',') };
}

function invitation(): string {
  const apps = dify?.apps.map(({ name, mode, key }) => `    ${name.padEnd(28)} ${mode.padEnd(14)} ${key}`) ?? [];
  return `
  VS Code with Dify Companion   ${editor.where}
  Dify server with demo apps    ${dify?.baseUrl ?? 'none'}
${apps.join('\n')}

  Try this:
    1. Click the Dify icon in the activity bar, connect the demo apps, and ask one of them something.
    2. Open notes.md, select a few paragraphs, and right-click them: Dify, Summarize.
    3. Open brief.de.md, select all of it, and translate it.

  Ctrl+C stops it. What you do here is kept for the next start.
`;
}
