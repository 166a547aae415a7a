import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generate, type SelfsignedOptions } from 'selfsigned';

/** A key and a certificate, in PEM form. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** A certificate authority that no computer knows, and servers whose certificates it signed. */
export interface Certificates {
  readonly authority: Identity;
  /** For `localhost`, 127.0.0.1 and `*.corp.test`. */
  readonly good: Identity;
  readonly expired: Identity;
  readonly notYetValid: Identity;
  /** For `other.test` and `*.else.test`. */
  readonly wrongName: Identity;
  /** Signed by nobody else. */
  readonly selfSigned: Identity;
  /** The file with the authority's certificate. */
  readonly file: string;
}

/** Days that the tests name. */
export const expiredOn = '2025-03-04';
export const validFrom = '2090-05-06';

/** Makes all of them anew; a folder keeps the file. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  const authority = await identity('Test Authority', [], {
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const ca = { key: authority.key, cert: authority.cert };
  const own = ['localhost', '*.corp.test'];
  const [good, expired, notYetValid, wrongName, selfSigned] = await Promise.all([
    identity('localhost', own, { ca }),
    identity('localhost', own, { ca, notBeforeDate: new Date('2025-01-01'), notAfterDate: new Date(expiredOn) }),
    identity('localhost', own, { ca, notBeforeDate: new Date(validFrom), notAfterDate: new Date('2091-01-01') }),
    identity('other.test', ['other.test', '*.else.test'], { ca }),
    identity('localhost', own, {}),
  ]);
  const file = path.join(folder, 'authority.pem');
  await writeFile(file, authority.cert);
  return { authority, good, expired, notYetValid, wrongName, selfSigned, file };
}

async function identity(name: string, dns: readonly string[], options: SelfsignedOptions): Promise<Identity> {
  const names = dns.map((value) => ({ type: 2 as const, value }));
  const local = dns.includes('localhost') ? [{ type: 7 as const, ip: '127.0.0.1' }] : [];
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'subjectAltName', altNames: [...names, ...local] },
    ],
    ...options,
  });
  return { key: made.private, cert: made.cert };
}
