import type { Transport } from '../../../src/host/transport.ts';
import type { Attempt } from './attempts.ts';
import { proxyAuthorization, proxyPassword, proxyUser } from './servers.ts';
import type { World } from './world.ts';

/** What becomes of an attempt: the reason of its failure, or that it arrived, straight or through the proxy. */
export type Expectation = 'straight' | 'by proxy' | 'untrusted' | 'dns' | 'proxySignIn';

/** A computer and an address, and what either transport makes of them. */
export interface Scenario {
  readonly name: string;
  readonly editor: Expectation;
  readonly direct: Expectation;
  /** What `auto` takes. */
  readonly auto: Transport;
  /** @param host a name that only proxies know, a different one for each attempt */
  readonly on: (world: World, host: string) => Attempt;
}

/** The local https server from a computer with these settings. */
const local = (
  settings: Readonly<Record<string, unknown>>,
  env: (world: World) => Readonly<Record<string, string>>,
): Scenario['on'] => {
  return (world) => ({
    baseUrl: `https://localhost:${world.lab.ports.secure}/v1`,
    world: { settings },
    env: env(world),
  });
};

/** A server that only proxies know, from a computer with these settings. */
const beyond = (
  settings: (ports: World['lab']['ports']) => Readonly<Record<string, unknown>>,
  more: {
    readonly scheme?: string;
    readonly world?: (world: World) => object;
    readonly env?: (world: World) => object;
  } = {},
): Scenario['on'] => {
  return (world, host) => ({
    baseUrl: `${more.scheme ?? 'https'}://${host}/v1`,
    world: { settings: settings(world.lab.ports), ...more.world?.(world) },
    env: { ...world.trusting, ...more.env?.(world) },
  });
};

const at = (port: number): string => `http://127.0.0.1:${port}`;
const credentials = { username: proxyUser, password: proxyPassword };

export const scenarios: readonly Scenario[] = [
  {
    name: 'a private CA that the operating system knows',
    editor: 'straight',
    direct: 'straight',
    auto: 'editor',
    on: local({}, ({ trusting }) => trusting),
  },
  {
    name: 'a CA that nobody knows',
    editor: 'untrusted',
    direct: 'untrusted',
    auto: 'editor',
    on: local({}, ({ distrusting }) => distrusting),
  },
  {
    name: 'a CA in NODE_EXTRA_CA_CERTS alone',
    editor: 'untrusted',
    direct: 'straight',
    auto: 'editor',
    on: local({}, ({ distrusting, certificates }) => ({ ...distrusting, NODE_EXTRA_CA_CERTS: certificates.file })),
  },
  {
    name: 'http.proxy to https',
    editor: 'by proxy',
    direct: 'by proxy',
    auto: 'editor',
    on: beyond(({ proxy }) => ({ 'http.proxy': at(proxy) })),
  },
  {
    name: 'http.proxy to http',
    editor: 'by proxy',
    direct: 'by proxy',
    auto: 'editor',
    on: beyond(({ proxy }) => ({ 'http.proxy': at(proxy) }), { scheme: 'http' }),
  },
  {
    name: "the operating system's proxy alone",
    editor: 'by proxy',
    direct: 'dns',
    auto: 'editor',
    on: beyond(() => ({}), { world: ({ lab }) => ({ systemProxy: `PROXY 127.0.0.1:${lab.ports.proxy}` }) }),
  },
  {
    name: 'a proxy over TLS with a private CA',
    editor: 'by proxy',
    direct: 'by proxy',
    auto: 'editor',
    on: beyond(({ secureProxy }) => ({ 'http.proxy': `https://localhost:${secureProxy}` })),
  },
  {
    name: 'a sign-in at the proxy, named in its address',
    editor: 'by proxy',
    direct: 'by proxy',
    auto: 'editor',
    on: beyond(({ signInProxy }) => ({
      'http.proxy': `http://${proxyUser}:${proxyPassword}@127.0.0.1:${signInProxy}`,
    })),
  },
  {
    name: 'a sign-in at the proxy, for which the editor asks',
    editor: 'by proxy',
    direct: 'proxySignIn',
    auto: 'editor',
    on: beyond(({ signInProxy }) => ({ 'http.proxy': at(signInProxy) }), { world: () => ({ credentials }) }),
  },
  {
    name: 'a sign-in at the proxy that nobody knows',
    editor: 'proxySignIn',
    direct: 'proxySignIn',
    auto: 'editor',
    on: beyond(({ signInProxy }) => ({ 'http.proxy': at(signInProxy) })),
  },
  {
    name: 'http.noProxy names the host',
    editor: 'dns',
    direct: 'dns',
    auto: 'editor',
    on: beyond(({ proxy }) => ({ 'http.proxy': at(proxy), 'http.noProxy': ['corp.test'] })),
  },
  {
    name: 'http.fetchAdditionalSupport is off',
    editor: 'dns',
    direct: 'by proxy',
    auto: 'direct',
    on: beyond(({ proxy }) => ({ 'http.proxy': at(proxy), 'http.fetchAdditionalSupport': false })),
  },
  {
    name: 'http.proxySupport is off',
    editor: 'straight',
    direct: 'straight',
    auto: 'editor',
    on: local({ 'http.proxySupport': 'off', 'http.proxy': 'http://127.0.0.1:1' }, ({ trusting }) => trusting),
  },
  {
    name: 'http.proxySupport is on',
    editor: 'by proxy',
    direct: 'by proxy',
    auto: 'editor',
    on: beyond(({ proxy }) => ({ 'http.proxySupport': 'on', 'http.proxy': at(proxy) })),
  },
  {
    name: 'http.systemCertificates is off',
    editor: 'untrusted',
    direct: 'untrusted',
    auto: 'editor',
    on: local({ 'http.systemCertificates': false }, ({ trusting }) => trusting),
  },
  {
    name: 'https_proxy in the environment alone',
    editor: 'by proxy',
    direct: 'by proxy',
    auto: 'editor',
    on: beyond(() => ({}), { env: ({ lab }) => ({ https_proxy: at(lab.ports.proxy) }) }),
  },
  {
    name: 'http.proxyAuthorization and a proxy that asks',
    editor: 'proxySignIn',
    direct: 'by proxy',
    auto: 'direct',
    on: beyond(({ signInProxy }) => ({
      'http.proxy': at(signInProxy),
      'http.proxyAuthorization': proxyAuthorization,
    })),
  },
  {
    name: 'a CA in difyCompanion.network.caCertificates alone',
    editor: 'untrusted',
    direct: 'straight',
    auto: 'direct',
    on: (world, host) => {
      const settings = { 'difyCompanion.network.caCertificates': [world.certificates.file] };
      return local(settings, ({ distrusting }) => distrusting)(world, host);
    },
  },
];
