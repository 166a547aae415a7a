import type { NetworkReason } from '../../dify/errors.ts';
import type { Transport } from '../transport.ts';
import { isLocal, proxyFor, type Environment } from './proxy.ts';
import type { NetworkSettings } from './settings.ts';

/** Whether the editor's `fetch` cannot do what these settings ask for: extra certificates, or a proxy it would not use as told. */
export function needsDirect({ caCertificates, editorHelps, proxy, proxyAuthorization }: NetworkSettings): boolean {
  return caCertificates.length > 0 || !editorHelps || (proxy !== '' && proxyAuthorization !== '');
}

/** The proxy that a request goes through, if settings or environment name it. */
export function proxyOn(transport: Transport, url: URL, settings: NetworkSettings, env: Environment): URL | undefined {
  return transport === 'editor' && !settings.editorHelps ? undefined : proxyFor(url, settings, env);
}

/** Whether not even a proxy that only the operating system names, and VS Code asks for, can be on the way. */
export function surelyWithout(transport: Transport, url: URL, { editorHelps, usesProxy }: NetworkSettings): boolean {
  return transport === 'direct' || !editorHelps || !usesProxy || isLocal(url);
}

/**
 * Whether something that only the direct transport takes into account is set here and was missing when the editor's failed: more
 * certificates, the proxy, or the sign-in at it.
 */
export function directMayHelp(reason: NetworkReason, url: URL, settings: NetworkSettings, env: Environment): boolean {
  const { caCertificates, editorHelps, proxyAuthorization } = settings;
  switch (reason) {
    case 'untrusted':
    case 'selfSigned':
      return caCertificates.length > 0 || !editorHelps || Boolean(env['NODE_EXTRA_CA_CERTS']);
    case 'dns':
    case 'refused':
    case 'connectTimeout':
    case 'unreachable':
      return !editorHelps && proxyFor(url, settings, env) !== undefined;
    case 'proxySignIn':
      return proxyAuthorization !== '';
    default:
      return false;
  }
}
