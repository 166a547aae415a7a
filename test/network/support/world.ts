import { temporaryFolder } from '../../vscode/ending.ts';
import { makeCertificates, type Certificates } from './certificates.ts';
import { startLab, type Lab } from './servers.ts';

/** Everything that an attempt can meet. */
export interface World {
  readonly lab: Lab;
  readonly certificates: Certificates;
  /** A computer whose operating system trusts the authority. */
  readonly trusting: Readonly<Record<string, string>>;
  /** A computer whose operating system trusts nobody. */
  readonly distrusting: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

export async function openWorld(): Promise<World> {
  const folder = await temporaryFolder('network');
  const certificates = await makeCertificates(folder.path);
  const lab = await startLab(certificates);
  return {
    lab,
    certificates,
    trusting: { SSL_CERT_FILE: certificates.file },
    distrusting: { SSL_CERT_FILE: '/dev/null' },
    close: async () => {
      await lab.close();
      await folder.remove();
    },
  };
}
