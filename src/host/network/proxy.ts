import type { NetworkSettings } from './settings.ts';

/** Settings that say which proxy is taken. */
export type ProxySettings = Pick<NetworkSettings, 'usesProxy' | 'proxy' | 'noProxy'>;

/** The environment of the extension host. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an address, as settings and environment name it, by VS Code's own rules: none for this computer and for what `http.noProxy`,
 * or only if that is empty `no_proxy`, excludes. What the operating system says is not known here. The URL may hold a password.
 */
export function proxyFor(url: URL, { usesProxy, proxy, noProxy }: ProxySettings, env: Environment): URL | undefined {
  if (!usesProxy || isLocal(url)) return undefined;
  const excluded = noProxy.length > 0 ? noProxy : (env['no_proxy'] ?? env['NO_PROXY'] ?? '').split(',');
  if (excluded.some((entry) => excludes(entry.trim().toLowerCase(), url))) return undefined;
  return proxyUrl(proxy) ?? proxyUrl(fromEnvironment(url, env));
}

/** The hosts that VS Code reaches without a proxy whatever the settings say. */
export function isLocal({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}

/** Host and port for people: never who signs in. */
export function endpointOf({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port === '' ? (usualPorts[protocol] ?? 1080) : port}`;
}

const usualPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** `*`, or a domain that stands for all under it, perhaps with a port. */
function excludes(entry: string, { hostname, port, protocol }: URL): boolean {
  if (entry === '*') return true;
  const [, domain = '', only] = /^(?:\*(?=\.))?\.?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (domain === '' || !`.${hostname}`.endsWith(`.${domain}`)) return false;
  return only === undefined || Number(only) === Number(port || usualPorts[protocol]);
}

function fromEnvironment(url: URL, env: Environment): string {
  const secure = url.protocol === 'https:' ? env['https_proxy'] || env['HTTPS_PROXY'] : undefined;
  return secure || env['http_proxy'] || env['HTTP_PROXY'] || '';
}

/** What is no address of a proxy is none, as for VS Code. */
function proxyUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^(https?|socks5?):$/.test(url.protocol) ? url : undefined;
}
