import assert from 'node:assert/strict';
import { allowedAddress } from '../../../../src/conversation/links.ts';
import { hostOf } from '../../../../src/webview/markdown/links.ts';

/** Addresses as they stand in answers, and what they lead to; `undefined` for those that are no links. */
const addresses: readonly (readonly [href: string, address: string | undefined])[] = [
  ['https://example.com', 'https://example.com/'],
  ['http://example.com/a?b=c#d', 'http://example.com/a?b=c#d'],
  ['HTTPS://EXAMPLE.com/Path', 'https://example.com/Path'],
  ['https://example.com:8443/x', 'https://example.com:8443/x'],
  ['https://xn--mnchen-3ya.de/', 'https://xn--mnchen-3ya.de/'],
  ['https://münchen.de/', 'https://xn--mnchen-3ya.de/'],
  ['https://例え.jp/パス', 'https://xn--r8jz45g.jp/%E3%83%91%E3%82%B9'],
  ['https://аpple.com/', 'https://xn--pple-43d.com/'],
  ['https://[::1]/', 'https://[::1]/'],
  ['http://127.0.0.1:5001/v1', 'http://127.0.0.1:5001/v1'],
  ['mailto:help@example.com', 'mailto:help@example.com'],
  ['mailto:help@example.com?subject=Hi', 'mailto:help@example.com?subject=Hi'],
  [`https://example.com/${'a'.repeat(2028)}`, `https://example.com/${'a'.repeat(2028)}`],
  [`https://example.com/${'a'.repeat(2029)}`, undefined],
  ['', undefined],
  ['#section', undefined],
  ['/etc/passwd', undefined],
  ['src/index.ts', undefined],
  ['../up', undefined],
  ['//evil.example', undefined],
  ['\\\\evil.example\\share', undefined],
  ['https:evil.example', undefined],
  ['https:/evil.example', undefined],
  ['https:\\\\evil.example', undefined],
  ['https:///evil.example', undefined],
  ['https://', undefined],
  ['https://a b.example', undefined],
  ['https://example.com/a b', undefined],
  [' https://example.com', undefined],
  ['java\tscript:alert(1)', undefined],
  ['ht\ntps://example.com', undefined],
  ['https://example.com/\u202Egpj.exe', undefined],
  ['https://example.com/\u200Bx', undefined],
  ['https://example.com/\u{E0041}', undefined],
  ['https://example.com\u0000', undefined],
  ['https://user@example.com', undefined],
  ['https://user:pass@example.com', undefined],
  ['https://github.com@evil.example', undefined],
  ['https://%zz', undefined],
  ['https://example.com:99999', undefined],
  ['javascript:alert(1)', undefined],
  ['JavaScript:alert(1)', undefined],
  ['javascript://https://example.com/%0aalert(1)', undefined],
  ['vbscript:msgbox(1)', undefined],
  ['data:text/html,x', undefined],
  ['blob:https://example.com/1', undefined],
  ['file:///etc/passwd', undefined],
  ['command:workbench.action.quit', undefined],
  ['vscode://ext/run', undefined],
  ['vscode-webview://x', undefined],
  ['vscode-resource:/etc/passwd', undefined],
  ['ftp://example.com', undefined],
  ['ws://example.com', undefined],
  ['ssh://example.com', undefined],
  ['tel:+123', undefined],
  ['ms-settings:', undefined],
  ['about:blank', undefined],
  ['view-source:https://example.com', undefined],
  ['mailto:', undefined],
  ['mailto://x', undefined],
];

describe('allowedAddress', () => {
  for (const [href, address] of addresses) {
    it(`${address === undefined ? 'refuses' : 'allows'} ${JSON.stringify(href.slice(0, 60))}`, () => {
      assert.equal(allowedAddress(href), address);
    });
  }
});

describe('hostOf', () => {
  it('names host and port', () => {
    assert.equal(hostOf('https://cdn.example.com:8443/x.png'), 'cdn.example.com:8443');
  });
});
