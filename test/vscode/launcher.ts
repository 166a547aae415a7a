#!/usr/bin/env node
// Stands in for the program file of VS Code where test-electron expects one: takes the same arguments, runs the tests they name in
// code-server's extension host, and ends with their code. What the extension host logs goes to standard output.
import { parseArgs } from 'node:util';
import { endWithParent, exitOnSignals } from './ending.ts';
import { ensureBrowser, launchBrowser } from './browser.ts';
import { ensureCodeServer } from './install.ts';
import { remoteUri, startServer, workbenchUrl } from './server.ts';

const patience = 300_000;

// `exit` ends the server and the browser with us.
exitOnSignals();
endWithParent();

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  args: process.argv.slice(2),
});
const [folder] = positionals;
if (folder === undefined) {
  throw new Error('The first argument names the folder to open.');
}

const code = await ensureCodeServer(console.error);
const browserFile = await ensureBrowser(console.error);
const server = await startServer(code, {
  userData: String(values['user-data-dir']),
  extensions: String(values['extensions-dir']),
  env: difyEnvironment(),
  underTest: true,
});
const browser = await launchBrowser(browserFile);

const end = Promise.withResolvers<number>();
let ended = false;
const giveUp = (why: string) => (): void => {
  if (!ended) {
    console.error(why);
  }
  end.resolve(1);
};
setTimeout(giveUp(`The tests did not end within ${patience / 1000} s.`), patience).unref();
void server.ended.then(giveUp('The VS Code server ended before the tests did.'));
browser.page.on('crash', giveUp('The page of the workbench crashed.'));
browser.page.on('close', giveUp('The browser ended before the tests did.'));

// VS Code under test calls these two functions of its page.
await browser.page.exposeFunction('codeAutomationLog', (type: string, words: readonly unknown[]) =>
  console.log(`[${type}]`, ...words),
);
await browser.page.exposeFunction('codeAutomationExit', end.resolve);
await browser.page.goto(
  workbenchUrl(server, folder, [
    ['extensionDevelopmentPath', remoteUri(server, String(values['extensionDevelopmentPath']))],
    ['skipWelcome', 'true'],
    ['extensionTestsPath', remoteUri(server, String(values['extensionTestsPath']))],
  ]),
);
const exitCode = await end.promise;
ended = true;
await browser.close();
await server.stop();
process.exit(exitCode);

/** The extension's own variables, which a server otherwise does not pass on. */
function difyEnvironment(): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => name.startsWith('DIFY_'));
  return Object.fromEntries(own.map(([name, value]) => [name, value ?? '']));
}
