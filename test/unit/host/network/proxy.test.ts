import assert from 'node:assert/strict';
import { endpointOf, proxyFor, type Environment, type ProxySettings } from '../../../../src/host/network/proxy.ts';

const none: ProxySettings = { usesProxy: true, proxy: '', noProxy: [] };
const set: ProxySettings = { ...none, proxy: 'http://p.test:3128' };

/** Address, settings, environment, and host and port of the proxy. */
const table: readonly [string, ProxySettings, Environment, string | undefined][] = [
  ['https://a.test/', none, {}, undefined],
  ['https://a.test/', set, {}, 'p.test:3128'],
  ['https://a.test/', set, { https_proxy: 'http://e.test:1' }, 'p.test:3128'],
  ['https://a.test/', none, { https_proxy: 'http://e.test:1' }, 'e.test:1'],
  ['https://a.test/', none, { HTTP_PROXY: 'http://e.test:1' }, 'e.test:1'],
  ['http://a.test/', none, { https_proxy: 'http://e.test:1' }, undefined],
  ['http://a.test/', none, { http_proxy: 'https://e.test' }, 'e.test:443'],
  ['https://a.test/', { ...set, usesProxy: false }, { https_proxy: 'http://e.test:1' }, undefined],
  ['https://localhost:8080/', set, {}, undefined],
  ['http://127.0.0.1/', set, {}, undefined],
  ['http://[::1]:5001/', set, {}, undefined],
  ['https://a.test/', { ...none, proxy: 'p.test:3128' }, {}, undefined],
  ['https://a.test/', { ...none, proxy: 'ftp://p.test' }, {}, undefined],
  ['https://a.test/', { ...none, proxy: 'socks5://p.test:1080' }, {}, 'p.test:1080'],
  ['https://a.test/', { ...none, proxy: 'http://lamp:secret@p.test:3128' }, {}, 'p.test:3128'],
  ['https://a.b.test/', { ...set, noProxy: ['b.test'] }, {}, undefined],
  ['https://b.test/', { ...set, noProxy: ['.b.test'] }, {}, undefined],
  ['https://ab.test/', { ...set, noProxy: ['b.test'] }, {}, 'p.test:3128'],
  ['https://a.b.test/', { ...set, noProxy: ['*.B.test '] }, {}, undefined],
  ['https://b.test:8443/', { ...set, noProxy: ['b.test:8443'] }, {}, undefined],
  ['https://b.test/', { ...set, noProxy: ['b.test:8443'] }, {}, 'p.test:3128'],
  ['https://b.test/', { ...set, noProxy: ['b.test:443'] }, {}, undefined],
  ['https://b.test/', { ...set, noProxy: ['*'] }, {}, undefined],
  ['https://b.test/', set, { no_proxy: 'a.test, b.test' }, undefined],
  ['https://b.test/', set, { NO_PROXY: '*' }, undefined],
  ['https://b.test/', { ...set, noProxy: ['a.test'] }, { no_proxy: 'b.test' }, 'p.test:3128'],
];

describe('The proxy', () => {
  for (const [address, settings, environment, expected] of table) {
    it(`for ${address} by ${JSON.stringify(settings)} and ${JSON.stringify(environment)} is ${expected}`, () => {
      const proxy = proxyFor(new URL(address), settings, environment);

      assert.equal(proxy && endpointOf(proxy), expected);
    });
  }
});
