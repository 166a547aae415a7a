import assert from 'node:assert/strict';
import type { NetworkReason } from '../../../../src/dify/errors.ts';
import { directMayHelp, needsDirect, surelyWithout } from '../../../../src/host/network/rules.ts';
import type { NetworkSettings } from '../../../../src/host/network/settings.ts';

const usual: NetworkSettings = {
  transport: 'auto',
  caCertificates: [],
  editorHelps: true,
  usesProxy: true,
  proxy: '',
  proxyAuthorization: '',
  noProxy: [],
  systemCertificates: true,
};
const url = new URL('https://dify.test/v1');
const proxied = { proxy: 'http://p.test:3128' };

describe('Which transport', () => {
  for (const [settings, direct] of [
    [{}, false],
    [proxied, false],
    [{ proxyAuthorization: 'Basic x' }, false],
    [{ ...proxied, proxyAuthorization: 'Basic x' }, true],
    [{ editorHelps: false }, true],
    [{ caCertificates: ['/ca.pem'] }, true],
    [{ systemCertificates: false }, false],
  ] as const) {
    it(`needs ${direct ? 'the direct one' : 'no other than the editor’s'} for ${JSON.stringify(settings)}`, () => {
      assert.equal(needsDirect({ ...usual, ...settings }), direct);
    });
  }

  it('offers the direct one only where it knows what the editor’s does not', () => {
    const table: readonly [NetworkReason, Partial<NetworkSettings>, Record<string, string>, boolean][] = [
      ['untrusted', {}, {}, false],
      ['untrusted', {}, { NODE_EXTRA_CA_CERTS: '/ca.pem' }, true],
      ['selfSigned', { caCertificates: ['/ca.pem'] }, {}, true],
      ['expired', { caCertificates: ['/ca.pem'] }, { NODE_EXTRA_CA_CERTS: '/ca.pem' }, false],
      ['dns', proxied, {}, false],
      ['dns', { ...proxied, editorHelps: false }, {}, true],
      ['dns', { editorHelps: false }, {}, false],
      ['proxySignIn', proxied, {}, false],
      ['proxySignIn', { ...proxied, proxyAuthorization: 'Basic x' }, {}, true],
      ['proxyUnreachable', { ...proxied, proxyAuthorization: 'Basic x' }, {}, false],
    ];
    for (const [reason, settings, env, expected] of table) {
      assert.equal(
        directMayHelp(reason, url, { ...usual, ...settings }, env),
        expected,
        reason + JSON.stringify(settings),
      );
    }
  });

  it('is sure that no proxy is on the way only where the operating system is not asked for one', () => {
    assert.equal(surelyWithout('editor', url, usual), false);
    assert.equal(surelyWithout('direct', url, usual), true);
    assert.equal(surelyWithout('editor', url, { ...usual, usesProxy: false }), true);
    assert.equal(surelyWithout('editor', new URL('https://localhost/'), usual), true);
  });
});
