import path from 'node:path';
import { downloadAndUnzipVSCode, SilentReporter } from '@vscode/test-electron';
import { ensureBrowser, NoBrowser } from '../vscode/browser.ts';
import { codeServerVersion, ensureCodeServer } from '../vscode/install.ts';
import { cache, root } from '../vscode/paths.ts';

/** A VS Code that tests run in, or why there is none on this kind of machine. */
export type Host =
  | { readonly type: 'vscode'; readonly name: string; readonly executable: string }
  | { readonly type: 'none'; readonly reason: string };

/**
 * The VS Code whose extension host runs the integration tests: the desktop one `VSCODE_PATH` names, or one that can be downloaded, and
 * otherwise code-server.
 *
 * @throws if code-server should run here and cannot.
 */
export async function integrationHost(log: (line: string) => void): Promise<Host> {
  const named = process.env['VSCODE_PATH'];
  if (named !== undefined) {
    return { type: 'vscode', name: `VS Code desktop (${named})`, executable: named };
  }
  const executable = await downloadDesktop(log);
  return executable === undefined ? codeServerHost(log) : { type: 'vscode', name: 'VS Code desktop', executable };
}

/** code-server with a browser: what the end-to-end tests drive, and the launcher that makes it look like a desktop VS Code. */
export async function codeServerHost(log: (line: string) => void): Promise<Host> {
  if (process.platform === 'win32') {
    return { type: 'none', reason: 'code-server does not run on Windows' };
  }
  try {
    await ensureBrowser(log);
  } catch (error) {
    if (error instanceof NoBrowser && process.platform === 'darwin') {
      return { type: 'none', reason: error.message };
    }
    throw error;
  }
  await ensureCodeServer(log);
  return {
    type: 'vscode',
    name: `code-server ${codeServerVersion}`,
    executable: path.join(root, 'test/vscode/launcher.ts'),
  };
}

/** Gets a desktop VS Code where one can be shown and downloaded: offline that is known at once, and in five minutes in any case. */
async function downloadDesktop(log: (line: string) => void): Promise<string | undefined> {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    log('No display here, so the tests run in code-server.');
    return undefined;
  }
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('it took more than five minutes')), 300_000);
  const version = process.env['VSCODE_VERSION'] ?? 'stable';
  try {
    const download = downloadAndUnzipVSCode({ version, cachePath: cache, reporter: new SilentReporter() });
    return await Promise.race([download, late]);
  } catch (error) {
    log(`A desktop VS Code could not be downloaded (${String(error)}), so the tests run in code-server.`);
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
