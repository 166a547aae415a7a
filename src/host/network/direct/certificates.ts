import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect, createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

/** Whom to trust. Nothing here trusts less or more than that. */
export interface Trust {
  /** Whether the operating system's certificates count too. */
  readonly system: boolean;
  /** Paths of PEM files with more certificate authorities. */
  readonly files: readonly string[];
}

/** A file of certificate authorities that cannot be read or holds none; `file` names it. */
export class CaFileError extends Error {
  readonly code = 'CA_FILE';
  readonly file: string;

  constructor(file: string) {
    super('A CA file cannot be used');
    this.file = file;
  }
}

/** @throws {CaFileError} */
export async function secureContextFor({ system, files }: Trust): Promise<SecureContext> {
  const extra = await Promise.all(files.map(readCertificates));
  const ca = [...getCACertificates('default'), ...(system ? getCACertificates('system') : []), ...extra.flat()];
  return createSecureContext({ ca: [...new Set(ca)] });
}

async function readCertificates(file: string): Promise<readonly string[]> {
  try {
    const blocks = (await readFile(file, 'latin1')).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
    for (const block of blocks ?? []) void new X509Certificate(block);
    if (blocks !== null) return blocks;
  } catch {
    // Whether it is not there or not PEM makes no difference to what helps.
  }
  throw new CaFileError(file);
}

/** From when and until when a certificate is valid. */
export interface Validity {
  readonly from: string;
  readonly to: string;
}

/**
 * The validity of the certificate that a server shows, looked at while the handshake is verified as always: if it fails, as it does
 * when this is asked, the connection ends before anything is sent. `undefined` if it does not come within the time.
 *
 * @param limit milliseconds
 */
export function validityOf(url: URL, secureContext: SecureContext, limit: number): Promise<Validity | undefined> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const servername = /^[\d.]+$|:/.test(host) ? '' : host;
  const { promise, resolve } = Promise.withResolvers<Validity | undefined>();
  const socket = connect({ host, port: Number(url.port || 443), servername, secureContext, timeout: limit });
  // Before Node's own listener, which ends the connection of a certificate that does not pass.
  socket.prependListener('secure', () => {
    const { valid_from: from, valid_to: to } = socket.getPeerCertificate();
    resolve({ from, to });
  });
  const end = (): void => {
    socket.destroy();
    resolve(undefined);
  };
  socket.on('error', end).on('timeout', end).on('secureConnect', end).on('close', end);
  return promise;
}
