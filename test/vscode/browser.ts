import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

/** A browser with an empty profile. */
export interface Browser {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly close: () => Promise<void>;
}

/** Opens a browser nobody sees. */
export async function launchBrowser(executable: string): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: executable,
    // Root may not use the sandbox, and a container's /dev/shm is too small.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-quic'],
  });
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return { context, page, close: () => browser.close() };
}

/** Where there is no browser, and what to do about it. */
export class NoBrowser extends Error {}

/**
 * The program file of a Chromium or Chrome: the one `CHROMIUM_PATH` names, or one in a usual place, or on a Debian where we may, a newly
 * installed one.
 *
 * @throws {NoBrowser} if there is none.
 */
export async function ensureBrowser(log: (line: string) => void): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && !existsSync(named)) {
    throw new NoBrowser(`CHROMIUM_PATH names ${named}, and there is no such file.`);
  }
  const found = named ?? usualPlaces.find((file) => existsSync(file));
  if (found !== undefined) {
    return found;
  }
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    return (installing ??= installBrowser(log));
  }
  throw new NoBrowser(`No Chromium or Chrome was found. ${installCommand()}, or set CHROMIUM_PATH.`);
}

/** Stages of a test run may ask for it at the same time. */
let installing: Promise<string> | undefined;

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/** The others give screenshots Chinese, Japanese and all other letters, and emoji. */
const packages = ['chromium', 'fonts-wqy-microhei', 'fonts-noto-core', 'fonts-noto-color-emoji'];

async function installBrowser(log: (line: string) => void): Promise<string> {
  const run = promisify(execFile);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const started = Date.now();
  log(`Installing ${packages.join(', ')} with apt-get …`);
  try {
    await run('apt-get', ['update', '-qq'], { env, timeout: 300_000 });
    const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
    await run('apt-get', args, { env, timeout: 600_000, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    throw new NoBrowser(`apt-get could not install Chromium. Set CHROMIUM_PATH to a Chromium or Chrome.`, {
      cause: error,
    });
  }
  log(`Installed ${packages.join(', ')} in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
  return '/usr/bin/chromium';
}

function installCommand(): string {
  return process.platform === 'darwin'
    ? 'Run "brew install --cask google-chrome"'
    : `Run "sudo apt-get install ${packages.join(' ')}"`;
}
