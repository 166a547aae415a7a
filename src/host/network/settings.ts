import { machineSetting } from '../settings.ts';

/** What the settings say about the way to the network, checked: a setting is whatever somebody wrote there. */
export interface NetworkSettings {
  readonly transport: 'auto' | 'editor' | 'direct';
  /** Paths of files with more certificate authorities, in PEM form. */
  readonly caCertificates: readonly string[];
  /** `http.fetchAdditionalSupport`: whether VS Code gives `fetch` its proxy and its certificates. */
  readonly editorHelps: boolean;
  /** `http.proxySupport` is not `off`. */
  readonly usesProxy: boolean;
  /** `http.proxy`, or ''. May hold a password. */
  readonly proxy: string;
  /** `http.proxyAuthorization`: the value of the header `Proxy-Authorization`, or ''. A secret. */
  readonly proxyAuthorization: string;
  readonly noProxy: readonly string[];
  readonly systemCertificates: boolean;
}

/** Reads the settings of this machine; what a workspace says does not count. */
export function readNetworkSettings(): NetworkSettings {
  const transport = machineSetting('difyCompanion.network', 'transport');
  return {
    transport: transport === 'editor' || transport === 'direct' ? transport : 'auto',
    caCertificates: texts(machineSetting('difyCompanion.network', 'caCertificates')),
    editorHelps: machineSetting('http', 'fetchAdditionalSupport') !== false,
    usesProxy: machineSetting('http', 'proxySupport') !== 'off',
    proxy: text(machineSetting('http', 'proxy')),
    proxyAuthorization: text(machineSetting('http', 'proxyAuthorization')),
    noProxy: texts(machineSetting('http', 'noProxy')),
    systemCertificates: machineSetting('http', 'systemCertificates') !== false,
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string' && item !== '') : [];
}
