import { commands, ConfigurationTarget, window, workspace } from 'vscode';
import type { Repair } from '../conversation/failure.ts';
import { machineSetting } from './settings.ts';
import type { Transports } from './transport.ts';
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

/** What helps against a failure of the network. */
export type NetworkRemedy = Extract<Repair, 'addCertificate' | 'openProxySettings' | 'useDirect'>;

/** Does with the person what helps against a failure of the network. Whether it was done, so that trying again makes sense. */
export async function repairNetwork(remedy: NetworkRemedy, transports: Pick<Transports, 'use'>): Promise<boolean> {
  switch (remedy) {
    case 'addCertificate':
      return await chooseCaFile();
    case 'useDirect':
      await transports.use('direct');
      return true;
    case 'openProxySettings':
      await openProxySettings();
      // What the person changes there is not known.
      return false;
  }
}
