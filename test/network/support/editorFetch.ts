import { createRequire } from 'node:module';
import type * as ProxyAgent from '@vscode/proxy-agent';

/** What of VS Code's world an attempt has. */
export interface EditorWorld {
  readonly settings: Readonly<Record<string, unknown>>;
  /** What the operating system, or its PAC file, says: `PROXY 127.0.0.1:3128`. */
  readonly systemProxy?: string;
  /** What the person enters when the proxy asks who is there. */
  readonly credentials?: { readonly username: string; readonly password: string };
}

/** Replaces `globalThis.fetch` as the extension host of VS Code does, by VS Code's own code. */
export function patchFetch({ settings, systemProxy, credentials }: EditorWorld): void {
  // Its typings are for `import`, its code is not.
  const agent = createRequire(import.meta.url)('@vscode/proxy-agent') as typeof ProxyAgent;
  const silent = (): void => {};
  const log = { trace: silent, debug: silent, info: silent, warn: silent, error: silent };
  const fromNode = (): boolean => true;
  const params: ProxyAgent.ProxyAgentParams = {
    resolveProxy: () => Promise.resolve(systemProxy ?? 'DIRECT'),
    getProxyURL: () => settings['http.proxy'] as string | undefined,
    getProxySupport: () => (settings['http.proxySupport'] ?? 'override') as ProxyAgent.ProxySupportSetting,
    getNoProxyConfig: () => (settings['http.noProxy'] ?? []) as string[],
    isAdditionalFetchSupportEnabled: () => settings['http.fetchAdditionalSupport'] !== false,
    isWebSocketPatchEnabled: () => false,
    addCertificatesV1: () => settings['http.systemCertificates'] !== false,
    addCertificatesV2: () => false,
    loadSystemCertificatesFromNode: fromNode,
    loadAdditionalCertificates: () => agent.loadSystemCertificates({ loadSystemCertificatesFromNode: fromNode, log }),
    lookupProxyAuthorization: agent.createProxyAuthorizationLookup({
      log,
      lookupAuthorization: () => Promise.resolve(credentials),
    }),
    log,
    getLogLevel: () => agent.LogLevel.Off,
    proxyResolveTelemetry: silent,
    isUseHostProxyEnabled: () => true,
    env: process.env,
  };
  const { resolveProxyURL } = agent.createProxyResolver(params);
  globalThis.fetch = agent.createFetchPatch(params, globalThis.fetch, resolveProxyURL);
}
