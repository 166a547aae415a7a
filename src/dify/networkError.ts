import { DifyError, type NetworkDetails, type NetworkReason } from './errors.ts';
import { isFields, numeric, text, type Fields } from './json.ts';

const reasons: Readonly<Record<string, NetworkReason>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'refused',
  UND_ERR_CONNECT_TIMEOUT: 'connectTimeout',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'untrusted',
  CERT_UNTRUSTED: 'untrusted',
  INVALID_CA: 'untrusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'selfSigned',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'notYetValid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrongName',
  ERR_SSL_WRONG_VERSION_NUMBER: 'noTls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'noTls',
  CERT_REVOKED: 'tls',
  EPROTO: 'tls',
  UND_ERR_PRX_TLS: 'proxyUnreachable',
  UND_ERR_PRX_CONN: 'proxyUnreachable',
  CA_FILE: 'caFile',
};

/** These say that no connection came about only if it was connecting that failed: an open one can die of them too. */
const whileConnecting: Readonly<Record<string, NetworkReason>> = {
  ETIMEDOUT: 'connectTimeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
};

/** Failures to connect: if the way leads through a proxy, it is the proxy that was not reached. */
const connecting: ReadonlySet<NetworkReason> = new Set(['dns', 'refused', 'connectTimeout', 'unreachable']);

/** The way that a request took, as far as it is known. */
export interface Route {
  readonly url: URL;
  /** Host and port of the proxy that the settings name for this address. */
  readonly proxy: string | undefined;
}

/** Why a `fetch` was rejected, or a body broke off. */
export function networkReason(thrown: unknown, route?: Route): NetworkReason {
  const { reason, error } = causeOf(thrown);
  return connecting.has(reason) && leadsElsewhere(error, route) ? 'proxyUnreachable' : reason;
}

/**
 * A rejected `fetch`, or a body that broke off, as a {@link DifyError}. The original is not kept: its text may hold what was sent.
 *
 * @param what the call, such as `POST /chat-messages`
 * @param known what whoever made the connection knows beyond the error
 */
export function networkError(what: string, thrown: unknown, route?: Route, known: Known = {}): DifyError {
  if (thrown instanceof DifyError) return thrown;
  const { code, error } = causeOf(thrown);
  const reason = networkReason(thrown, route);
  return new DifyError('network', `${what}: ${code ?? 'the connection broke'}`, {
    reason,
    code,
    status: tunnelStatus(error),
    seconds: known.seconds,
    network: {
      port: numeric(error, 'port'),
      proxy: route?.proxy ?? (reason === 'proxyUnreachable' ? endpointOf(error) : undefined),
      names: namesIn(error),
      file: text(error, 'file'),
      day: known.day,
      directMayHelp: known.directMayHelp,
    },
  });
}

/** What an error does not tell by itself. */
export interface Known extends Pick<NetworkDetails, 'day' | 'directMayHelp'> {
  /** From sending to the failure. */
  readonly seconds?: number;
}

interface Cause {
  readonly code: string | undefined;
  readonly reason: NetworkReason;
  /** The error that has the code, for what else it tells. */
  readonly error: Fields;
}

/** The outermost cause whose code says something. `fetch` hides the real error up to three causes deep. */
function causeOf(thrown: unknown): Cause {
  for (const error of causesOf(thrown)) {
    const code = text(error, 'code');
    const status = tunnelStatus(error);
    if (status !== undefined) return { code, error, reason: status === 407 ? 'proxySignIn' : 'proxyRefused' };
    const reason = code === undefined ? undefined : reasonOf(code, error);
    if (reason !== undefined) return { code, error, reason };
  }
  return { code: undefined, reason: 'broken', error: {} };
}

function reasonOf(code: string, error: Fields): NetworkReason | undefined {
  // An AggregateError tells one code for all addresses of a host, and each of them what else there is to tell.
  if (Array.isArray(error['errors'])) return undefined;
  if (Object.hasOwn(reasons, code)) return reasons[code];
  if (Object.hasOwn(whileConnecting, code) && error['syscall'] === 'connect') return whileConnecting[code];
  return code.startsWith('ERR_SSL_') ? 'tls' : undefined;
}

/** The error and its causes, the outermost first. */
function causesOf(thrown: unknown): readonly Fields[] {
  const found: Fields[] = [];
  let errors: readonly unknown[] = [thrown];
  for (let depth = 0; depth < 5; depth++) {
    const inner: unknown[] = [];
    for (const error of errors.filter((each) => isFields(each))) {
      found.push(error);
      inner.push(error['cause']);
      if (Array.isArray(error['errors'])) inner.push(...(error['errors'] as readonly unknown[]));
    }
    errors = inner;
  }
  return found;
}

/**
 * What a proxy answered instead of opening the way, if it did. undici says so by these codes, which have other meanings too, and tells
 * the status in its words alone.
 */
function tunnelStatus(error: Fields): number | undefined {
  if (error['code'] !== 'UND_ERR_ABORTED' && error['code'] !== 'UND_ERR_INVALID_ARG') return undefined;
  const status = /^Prox.*\((\d{3})\)/.exec(text(error, 'message') ?? '')?.[1];
  return status === undefined ? undefined : Number(status);
}

/** Whether it was not the host of the request that could not be reached. A proxy of the system is known by that only. */
function leadsElsewhere(error: Fields, route: Route | undefined): boolean {
  if (route === undefined) return false;
  const { url, proxy } = route;
  if (proxy !== undefined) return true;
  const port = numeric(error, 'port');
  const host = text(error, 'hostname');
  const own = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return (port !== undefined && port !== own) || (host !== undefined && host !== url.hostname);
}

function endpointOf(error: Fields): string | undefined {
  const host = text(error, 'hostname') ?? text(error, 'address');
  const port = numeric(error, 'port');
  return host === undefined || port === undefined ? undefined : `${host}:${port}`;
}

/** Node's `DNS:a.example, DNS:*.b.example, IP Address:10.0.0.1` as names for people, three at most. */
function namesIn(error: Fields): string | undefined {
  const certificate = error['cert'];
  if (!isFields(certificate)) return undefined;
  const named = text(certificate, 'subjectaltname')
    ?.split(', ')
    .map((name) => name.replace(/^[^:]*:/, ''))
    .filter((name) => /^[\w.*:-]+$/.test(name));
  return named === undefined || named.length === 0 ? undefined : named.slice(0, 3).join(', ');
}
