import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { ensureBrowser, launchBrowser } from '../vscode/browser.ts';
import { temporaryFolder } from '../vscode/ending.ts';
import { ensureCodeServer } from '../vscode/install.ts';
import { root } from '../vscode/paths.ts';
import { type RunningServer, startServer, workbenchUrl } from '../vscode/server.ts';
import { changeSettings, quietSettings, type Settings } from '../vscode/settings.ts';
import { waitForWorkbench } from './workbench/workbench.ts';

/** A VS Code with the packaged extension installed, open in a browser on a copy of the sample workspace. Nothing in it is shared. */
export interface Session {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly server: RunningServer;
  /** The folder that is open. */
  readonly workspace: string;
  /** The address of the workbench, for a second window. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

export interface SessionOptions {
  readonly settings?: Settings;
  /** Like `zh-cn`: the extension then speaks it. */
  readonly locale?: string;
  /** More variables for the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether workspaces have to be trusted: a dialog then asks. */
  readonly trust?: boolean;
  /** More files for the workspace, by their path in it. */
  readonly files?: Readonly<Record<string, string>>;
  /** A `.code-workspace` file among them, to be opened in place of the folder. */
  readonly opens?: string;
}

/** Those that are open. */
export const openSessions = new Set<Session>();

/** Opens a session of its own; the test that does so closes it. Takes about ten seconds. */
export async function openSession(options: SessionOptions = {}): Promise<Session> {
  const temporary = await temporaryFolder('e2e');
  const undo: (() => Promise<void>)[] = [temporary.remove];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) {
      await step();
    }
  };
  try {
    const workspace = path.join(temporary.path, 'harbour-lights');
    await cp(path.join(root, 'test/sample-workspace'), workspace, { recursive: true });
    await write(workspace, options.files ?? {});
    const server = await serve(path.join(temporary.path, 'profile'), options);
    undo.push(server.stop);
    const browser = await launchBrowser(await ensureBrowser(console.log));
    undo.push(browser.close);
    const opened = path.join(workspace, options.opens ?? '');
    const url = workbenchUrl(server, path.resolve(opened), [['skipWelcome', 'true']]);
    await browser.page.goto(url);
    await waitForWorkbench(browser.page);
    const session: Session = { page: browser.page, context: browser.context, server, workspace, url, close };
    openSessions.add(session);
    undo.push(async () => void openSessions.delete(session));
    return session;
  } catch (error) {
    await close();
    throw error;
  }
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

async function serve(
  profile: string,
  { settings, locale, env = {}, trust = false }: SessionOptions,
): Promise<RunningServer> {
  const userData = path.join(profile, 'user-data');
  const code = await ensureCodeServer(console.log);
  await changeSettings(userData, { ...quietSettings, 'security.workspace.trust.enabled': trust, ...settings });
  const extensions = process.env['TEST_EXTENSIONS'];
  if (extensions === undefined) {
    throw new Error('TEST_EXTENSIONS names no folder: run these tests by `npm run test:e2e`.');
  }
  return startServer(code, { userData, extensions, locale, env, trust });
}
