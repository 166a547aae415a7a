import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ensureCodeServer } from '../vscode/install.ts';
import { installVsix, type Profile, startServer, workbenchUrl } from '../vscode/server.ts';
import { preferredPort } from './ports.ts';

/** A VS Code that a person works in. */
export interface OpenEditor {
  /** Its address, or another word for where to find it. */
  readonly where: string;
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts VS Code as a server for this machine's browser. It keeps its port, for a browser keeps its state by it. */
export async function openInBrowser(
  vsix: string,
  folder: string,
  profile: Profile,
  env: Readonly<Record<string, string>>,
): Promise<OpenEditor> {
  const code = await ensureCodeServer(console.log);
  await installVsix(code, vsix, profile);
  const server = await startServer(code, { ...profile, env, port: await preferredPort(8190) });
  return { where: workbenchUrl(server, folder), ended: server.ended, stop: server.stop };
}

/** Shows an address in the person's own browser, where there is a screen to show it on. */
export async function showInBrowser(url: string): Promise<void> {
  const { platform, env } = process;
  if (env['CI'] || (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'])) {
    return;
  }
  const opener = platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  child.unref();
  // The address is printed anyway.
  await once(child, 'spawn').catch(() => {});
}
