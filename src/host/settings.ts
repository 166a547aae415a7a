import { workspace } from 'vscode';

/**
 * The value of a setting as the person set it for this machine. A workspace's value is never read: it could lead the key, or the text,
 * elsewhere. It is whatever was written there, so the caller checks it.
 *
 * @param section like `difyCompanion.network` or `http`
 */
export function machineSetting(section: string, name: string): unknown {
  const found = workspace.getConfiguration(section).inspect<unknown>(name);
  return found?.globalValue ?? found?.defaultValue;
}
