import { DifyError, type NetworkReason } from './errors.ts';
import { isFields } from './json.ts';

const reasons: Readonly<Record<string, NetworkReason>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'refused',
  UND_ERR_CONNECT_TIMEOUT: 'connectTimeout',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  CERT_NOT_YET_VALID: 'tls',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
  EPROTO: 'tls',
  UND_ERR_ABORTED: 'proxy',
};

/** These say that no connection came about only if it was connecting that failed: an open one can die of them too. */
const whileConnecting = new Set(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * A rejected `fetch`, or a body that broke off, as a {@link DifyError}. The original is not kept: its text may hold what was sent.
 *
 * @param what the call, such as `POST /chat-messages`
 */
export function networkError(what: string, thrown: unknown): DifyError {
  if (thrown instanceof DifyError) return thrown;
  const code = causeCodes(thrown).find((known) => Object.hasOwn(reasons, known));
  const reason = code === undefined ? 'broken' : (reasons[code] ?? 'broken');
  return new DifyError('network', `${what}: ${code ?? 'the connection broke'}`, { reason, code });
}

/** The `code`s of the error and of its causes, the outermost first. `fetch` hides the real error up to three causes deep. */
function causeCodes(thrown: unknown): readonly string[] {
  const codes: string[] = [];
  let errors: readonly unknown[] = [thrown];
  for (let depth = 0; depth < 5; depth++) {
    const inner: unknown[] = [];
    for (const error of errors) {
      if (!isFields(error)) continue;
      const code = error['code'];
      if (typeof code === 'string') codes.push(code);
      if (typeof code === 'string' && whileConnecting.has(code) && error['syscall'] === 'connect') {
        codes.push('UND_ERR_CONNECT_TIMEOUT');
      }
      inner.push(error['cause']);
      if (Array.isArray(error['errors'])) inner.push(...(error['errors'] as readonly unknown[]));
    }
    errors = inner;
  }
  return codes;
}
