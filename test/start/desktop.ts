import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { resolveCliPathFromVSCodeExecutablePath } from '@vscode/test-electron';
import { startTree } from '../vscode/processTree.ts';
import type { Profile } from '../vscode/server.ts';
import type { OpenEditor } from './editor.ts';

/** Opens the desktop VS Code of this machine: the one `VSCODE_PATH` names, or `code`. Closing its window ends it. */
export async function openDesktop(
  vsix: string,
  folder: string,
  profile: Profile,
  env: Readonly<Record<string, string>>,
): Promise<OpenEditor> {
  const program = process.env['VSCODE_PATH'];
  const code = program === undefined ? 'code' : resolveCliPathFromVSCodeExecutablePath(program);
  const own = [`--user-data-dir=${profile.userData}`, `--extensions-dir=${profile.extensions}`];
  const options = { shell: process.platform === 'win32', timeout: 120_000 };
  try {
    await promisify(execFile)(code, [...own, '--install-extension', vsix, '--force'], options);
  } catch (error) {
    throw new Error(`${code} could not install the extension. Is VS Code's command line on PATH, or VSCODE_PATH set?`, {
      cause: error,
    });
  }
  // `--verbose` keeps VS Code in the process group that `stop` ends.
  const tree = startTree(code, [...own, '--new-window', '--wait', '--verbose', folder], { ...process.env, ...env });
  return { where: 'in a window of its own', ended: tree.ended, stop: tree.stop };
}
