import assert from 'node:assert/strict';
import { allowedAddress } from '../../../src/conversation/links.ts';

describe('allowedAddress', () => {
  for (const href of ['https://dify.ai/x?y#z', 'http://127.0.0.1:5001/', 'mailto:ada@dify.test']) {
    it(`opens ${href}`, () => assert.equal(allowedAddress(href), href));
  }

  for (const href of [
    'javascript:alert(1)',
    'command:workbench.action.terminal.new',
    'vscode://evil',
    'file:///etc/passwd',
    'data:text/html,x',
    '//host/share',
    '/relative',
    'https://github.com@evil.test/',
    'https://user:secret@evil.test/',
    'https://evil.test/\u202egnp.exe',
    'https://evil.test/a b',
    `https://evil.test/${'x'.repeat(3_000)}`,
    '',
  ]) {
    it(`does not open ${JSON.stringify(href.slice(0, 60))}`, () => assert.equal(allowedAddress(href), undefined));
  }
});
