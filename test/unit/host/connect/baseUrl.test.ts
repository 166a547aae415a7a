import assert from 'node:assert/strict';
import { baseUrlOf } from '../../../../src/host/connect/baseUrl.ts';
import { offeredApps } from '../../../../src/host/connect/environment.ts';
import { isUnencrypted } from '../../../../src/host/app.ts';

const table: readonly [string, string | undefined][] = [
  ['https://api.dify.ai/v1', 'https://api.dify.ai/v1'],
  ['https://api.dify.ai/v1/', 'https://api.dify.ai/v1'],
  ['https://api.dify.ai', 'https://api.dify.ai/v1'],
  ['  api.dify.ai \n', 'https://api.dify.ai/v1'],
  ['HTTPS://API.Dify.AI/v1', 'https://api.dify.ai/v1'],
  ['https://api.dify.ai/v1/chat-messages', 'https://api.dify.ai/v1'],
  ['https://api.dify.ai/v1/workflows/run', 'https://api.dify.ai/v1'],
  ['https://host.test/dify/v1/messages?user=x#y', 'https://host.test/dify/v1'],
  ['https://host.test/dify/', 'https://host.test/dify/v1'],
  ['localhost:5001', 'http://localhost:5001/v1'],
  ['127.0.0.1/v1', 'http://127.0.0.1/v1'],
  ['[::1]:8080', 'http://[::1]:8080/v1'],
  ['http://192.168.1.4', 'http://192.168.1.4/v1'],
  ['dify.corp.test:8443', 'https://dify.corp.test:8443/v1'],
  ['https://host.test/v1/files/upload', 'https://host.test/v1'],
  ['https://host.test/app/0f3a/develop', 'https://host.test/v1'],
  ['https://host.test/chat/aBc', 'https://host.test/v1'],
  ['https://cloud.dify.ai/app/0f3a/develop', 'https://api.dify.ai/v1'],
  ['https://udify.app/chat/aBc', 'https://api.dify.ai/v1'],
  ['', undefined],
  ['not a url', undefined],
  ['ftp://host.test', undefined],
  ['file:///etc/passwd', undefined],
  ['https://name:password@host.test', undefined],
  ['https://', undefined],
];

describe('baseUrlOf', () => {
  for (const [pasted, expected] of table) {
    it(`reads ${JSON.stringify(pasted)} as ${expected ?? 'no address'}`, () => {
      assert.equal(baseUrlOf(pasted), expected);
    });
  }
});

describe('isUnencrypted', () => {
  it('is true for plain http beyond this computer, whatever the host looks like', () => {
    for (const host of ['192.168.1.4', 'dify.test', 'localhost.evil.com', '127.evil.com', '10.0.0.1']) {
      assert.ok(isUnencrypted(`http://${host}/v1`), host);
    }
    // The URL parser turns the short and the hexadecimal form into 127.0.0.1.
    for (const host of ['localhost', '127.0.0.1', '127.1', '0x7f.1', '[::1]']) {
      assert.ok(!isUnencrypted(`http://${host}/v1`), host);
    }
    assert.ok(!isUnencrypted('https://dify.test/v1'));
  });
});

describe('offeredApps', () => {
  it('reads address and keys, and nothing where either is missing', () => {
    const DIFY_BASE_URL = 'http://127.0.0.1:5001';

    assert.deepEqual(offeredApps({ DIFY_BASE_URL, DIFY_API_KEYS: 'app-1, app-2,,app-1' }), {
      baseUrl: 'http://127.0.0.1:5001/v1',
      keys: ['app-1', 'app-2'],
    });
    assert.deepEqual(offeredApps({ DIFY_BASE_URL, DIFY_API_KEY: 'app-3' })?.keys, ['app-3']);
    assert.equal(offeredApps({ DIFY_BASE_URL }), undefined);
    assert.equal(offeredApps({ DIFY_API_KEY: 'app-3' }), undefined);
    assert.equal(offeredApps({ DIFY_BASE_URL: 'no url', DIFY_API_KEY: 'app-3' }), undefined);
  });
});
