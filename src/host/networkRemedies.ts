import { commands, ConfigurationTarget, window, workspace } from 'vscode';
import { machineSetting } from './settings.ts';
import { t } from './words.ts';

/**
 * Asks for a file of certificate authorities and adds it to `difyCompanion.network.caCertificates`, for this machine. Whether one was
 * added, or was there already.
 */
export async function chooseCaFile(): Promise<boolean> {
  const [file] =
    (await window.showOpenDialog({
      title: t('Choose a CA File'),
      openLabel: t('Trust These Certificates'),
      filters: { [t('Certificates (PEM)')]: ['pem', 'crt', 'cer', 'ca-bundle'], [t('All Files')]: ['*'] },
    })) ?? [];
  if (file === undefined) return false;
  if (!isPem(await workspace.fs.readFile(file))) {
    const again = t('Choose Another File');
    const pressed = await window.showErrorMessage(
      t('{file} holds no certificate in PEM form.', { file: file.fsPath }),
      again,
    );
    return pressed === again && (await chooseCaFile());
  }
  const known = machineSetting('difyCompanion.network', 'caCertificates');
  const files = Array.isArray(known) ? (known as readonly unknown[]) : [];
  if (!files.includes(file.fsPath)) {
    const settings = workspace.getConfiguration('difyCompanion.network');
    await settings.update('caCertificates', [...files, file.fsPath], ConfigurationTarget.Global);
  }
  return true;
}

/** Shows VS Code's own settings for proxies. */
export async function openProxySettings(): Promise<void> {
  await commands.executeCommand('workbench.action.openSettings', 'http.proxy');
}

function isPem(bytes: Uint8Array): boolean {
  return /-----BEGIN CERTIFICATE-----[A-Za-z\d+/=\s]+-----END CERTIFICATE-----/.test(
    new TextDecoder('latin1').decode(bytes),
  );
}
