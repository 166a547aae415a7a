import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

export type Settings = Readonly<Record<string, unknown>>;

/** A quiet VS Code that does nothing but what a test or a person asks of it. */
export const quietSettings: Settings = {
  'chat.commandCenter.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // In a browser the default is to save by itself, and edits would reach the files of the workspace.
  'files.autoSave': 'off',
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** Changes some of the user's settings of a VS Code. In code-server a window that is open sees them after a reload. */
export async function changeSettings(userData: string, changes: Settings): Promise<void> {
  const file = path.join(userData, 'User/settings.json');
  await mkdir(path.dirname(file), { recursive: true });
  const now = await readFile(file, 'utf8').catch(() => '{}');
  // In one step: VS Code looks at the file whenever it changes, and may see half of it.
  await writeFile(`${file}.new`, `${JSON.stringify({ ...JSON.parse(now), ...changes }, undefined, 2)}\n`);
  await rename(`${file}.new`, file);
}
