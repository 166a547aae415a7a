import { env, window } from 'vscode';
import type { Apps } from '../apps.ts';
import { readUser } from '../user.ts';
import { t } from '../words.ts';
import { deleteEverything, type Kept } from './deleteEverything.ts';

interface DataPorts extends Kept {
  readonly apps: Apps;
  /** The value of the setting `difyCompanion.user`. */
  readonly userSetting: () => unknown;
}

/** Asks in front of everything. Whether the person pressed the button. */
async function confirmed(question: string, detail: string, button: string): Promise<boolean> {
  return (await window.showWarningMessage(question, { modal: true, detail }, button)) === button;
}

/** Removes every key. The apps stay in the list, so that their conversations are found again when their keys are entered. */
export async function signOut({ keys, forgetTyped }: Pick<DataPorts, 'keys' | 'forgetTyped'>): Promise<void> {
  const detail = t(
    'Every API key is removed from the secret storage. The apps stay listed without a key, and conversations stay on this computer.',
  );
  if (!(await confirmed(t('Sign out of all apps?'), detail, t('Sign Out')))) return;
  forgetTyped();
  await keys.deleteAll();
  void window.showInformationMessage(t('Signed out. No key is stored any more.'));
}

/** Deletes all that this extension keeps, after asking twice: then it is as it was after the installation. */
export async function deleteAllData(kept: Kept): Promise<void> {
  const detail = t(
    'API keys, apps, what actions they do, the user name, consents, conversations, results and drafts on this computer, in every workspace. Workspaces that are not open follow when they are opened. What Dify keeps stays there.',
  );
  if (!(await confirmed(t('Delete all local data?'), detail, t('Continue…')))) return;
  const last = t('Without the user name, conversations that Dify keeps are not found any more. This cannot be undone.');
  if (!(await confirmed(t('Delete all of it now?'), last, t('Delete All Local Data')))) return;
  await deleteEverything(kept);
  void window.showInformationMessage(t('All local data is deleted.'));
}

/** The name that the app's owner finds this person's conversations by. */
export async function copyUser({ apps }: Pick<DataPorts, 'apps'>): Promise<void> {
  await env.clipboard.writeText(await apps.user());
  void window.showInformationMessage(t('The user name is copied.'));
}

export async function resetUser({ apps, userSetting }: Pick<DataPorts, 'apps' | 'userSetting'>): Promise<void> {
  if (readUser(userSetting()) !== undefined) {
    void window.showInformationMessage(t('The setting difyCompanion.user names the user. Change it there.'));
    return;
  }
  const detail = t(
    'Dify keeps conversations apart by the user name. Under another one, earlier conversations are not found any more.',
  );
  if (!(await confirmed(t('Take another user name?'), detail, t('Reset User Name')))) return;
  await apps.resetUser();
}

/** Says so where the person set a user that Dify cannot keep. */
export function checkUser(value: unknown): void {
  const isSet = value !== undefined && value !== '';
  if (!isSet || readUser(value) !== undefined) return;
  void window.showWarningMessage(
    t('The setting difyCompanion.user is not a text of 1 to 255 characters. The random user name is used.'),
  );
}
