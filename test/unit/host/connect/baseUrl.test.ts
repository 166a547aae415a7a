import assert from 'node:assert/strict';
import { isUnencrypted } from '../../../../src/host/app.ts';
import { baseUrlOf, candidatesOf } from '../../../../src/host/connect/baseUrl.ts';

const cloud = 'https://api.dify.ai/v1';

/** What a person pastes, and the API base or what is wrong with it. */
const table: readonly (readonly [string, string])[] = [
  // As Dify shows it, and as people shorten it.
  ['https://api.dify.ai/v1', cloud],
  ['https://api.dify.ai/v1/', cloud],
  ['https://api.dify.ai', cloud],
  ['api.dify.ai/v1', cloud],
  ['  api.dify.ai \n', cloud],
  ['HTTPS://API.Dify.AI/v1', cloud],
  ['https://api.dify.ai/V1/', cloud],
  ['http://192.168.1.4', 'http://192.168.1.4/v1'],
  ['dify.corp.test:8443', 'https://dify.corp.test:8443/v1'],
  ['https://host.test:443/v1', 'https://host.test/v1'],
  ['https://host.test//', 'https://host.test/v1'],
  // An endpoint.
  ['https://api.dify.ai/v1/chat-messages', cloud],
  ['https://api.dify.ai/v1/workflows/run', cloud],
  ['https://host.test/v1/files/upload', 'https://host.test/v1'],
  ['https://host.test/dify/v1/messages?user=x#y', 'https://host.test/dify/v1'],
  ['https://host.test/chat-messages', 'https://host.test/v1'],
  ['https://host.test/gate/completion-messages/', 'https://host.test/gate/v1'],
  // A path in front.
  ['https://host.test/dify/', 'https://host.test/dify/v1'],
  ['host.test/team/dify/v1', 'https://host.test/team/dify/v1'],
  // A page: the studio, a web app, the API of the pages, the documentation.
  ['https://host.test/app/0f3a/develop', 'https://host.test/v1'],
  ['https://host.test/app/0f3a/overview?tab=1', 'https://host.test/v1'],
  ['https://host.test/chat/aBc', 'https://host.test/v1'],
  ['https://host.test/workflow/aBc', 'https://host.test/v1'],
  ['https://host.test/apps', 'https://host.test/v1'],
  ['https://host.test/signin', 'https://host.test/v1'],
  ['https://host.test/console/api/apps', 'https://host.test/v1'],
  ['https://host.test/dify/app/0f3a/develop', 'https://host.test/dify/v1'],
  ['https://cloud.dify.ai/app/0f3a/develop', cloud],
  ['cloud.dify.ai', cloud],
  ['https://udify.app/chat/aBc', cloud],
  ['https://docs.dify.ai/en/api-reference/applications/get-app-info', cloud],
  // This computer, in all its writings.
  ['localhost:5001', 'http://localhost:5001/v1'],
  ['localhost', 'http://localhost/v1'],
  ['https://localhost/v1', 'https://localhost/v1'],
  ['127.0.0.1/v1', 'http://127.0.0.1/v1'],
  ['127.1', 'http://127.0.0.1/v1'],
  ['0x7f.1', 'http://127.0.0.1/v1'],
  ['[::1]:8080', 'http://[::1]:8080/v1'],
  ['localhost.evil.com', 'https://localhost.evil.com/v1'],
  // IPv6 and international names.
  ['http://[2001:db8::4]:8080/v1/info', 'http://[2001:db8::4]:8080/v1'],
  ['[2001:db8::4]', 'https://[2001:db8::4]/v1'],
  ['https://bücher.example', 'https://xn--bcher-kva.example/v1'],
  ['https://例え.テスト/v1', 'https://xn--r8jz45g.xn--zckzah/v1'],
  // What stands around it.
  ['"https://host.test/v1"', 'https://host.test/v1'],
  ["'host.test/v1',", 'https://host.test/v1'],
  ['<https://host.test/v1>', 'https://host.test/v1'],
  ['`https://host.test/v1`', 'https://host.test/v1'],
  ['[our Dify](https://host.test/v1)', 'https://host.test/v1'],
  ['https://host.test/v1.', 'https://host.test/v1'],
  ['https://host.test/v1。', 'https://host.test/v1'],
  ['Base URL: https://host.test/v1', 'https://host.test/v1'],
  ['API 地址：https://host.test/v1', 'https://host.test/v1'],
  ['DIFY_BASE_URL=https://host.test/v1', 'https://host.test/v1'],
  ['DIFY_BASE_URL=host.test:8080', 'https://host.test:8080/v1'],
  ['Base URL: api.dify.ai/v1', cloud],
  ['\u200bhttps://host.test/v1\ufeff', 'https://host.test/v1'],
  // What is none.
  ['', 'noAddress'],
  ['not a url', 'noAddress'],
  ['https://', 'noAddress'],
  ['http://[::1', 'noAddress'],
  ['https://host.test:99999', 'noAddress'],
  ['ftp://host.test', 'noAddress'],
  ['ftp://host.test/?next=https://evil.test', 'noAddress'],
  ['file:///etc/passwd', 'noAddress'],
  ['javascript:alert(1)', 'noAddress'],
  ['vscode://settings', 'noAddress'],
  ['https://name:password@host.test', 'credentials'],
  ['name@host.test/v1', 'credentials'],
  ['https://api.dify.ai@evil.test/v1', 'credentials'],
  ['app-0123456789abcdefghijklmn', 'key'],
];

describe('candidatesOf', () => {
  for (const [pasted, expected] of table) {
    it(`reads ${JSON.stringify(pasted)} as ${expected}`, () => {
      const reading = candidatesOf(pasted);

      assert.equal(typeof reading === 'string' ? reading : reading[0], expected);
      assert.equal(baseUrlOf(pasted), expected.startsWith('http') ? expected : undefined);
    });
  }

  it('tries what is less likely after it, on no other host and never without encryption where that was asked for', () => {
    assert.deepEqual(candidatesOf('https://host.test/dify'), [
      'https://host.test/dify/v1',
      'https://host.test/v1',
      'https://host.test/dify',
    ]);
    assert.deepEqual(candidatesOf('host.test'), ['https://host.test/v1', 'http://host.test/v1']);
    assert.deepEqual(candidatesOf('localhost:5001'), ['http://localhost:5001/v1', 'https://localhost:5001/v1']);
    assert.deepEqual(candidatesOf('https://host.test/dify/v1'), ['https://host.test/dify/v1']);
    assert.deepEqual(candidatesOf('cloud.dify.ai'), [cloud]);
  });
});

describe('isUnencrypted', () => {
  it('is true for plain http beyond this computer, whatever the host looks like', () => {
    for (const host of [
      '192.168.1.4',
      'dify.test',
      'localhost.evil.com',
      '127.evil.com',
      '10.0.0.1',
      '[2001:db8::4]',
    ]) {
      assert.ok(isUnencrypted(`http://${host}/v1`), host);
    }
    // The URL parser turns the short and the hexadecimal form into 127.0.0.1.
    for (const host of ['localhost', '127.0.0.1', '127.1', '0x7f.1', '[::1]']) {
      assert.ok(!isUnencrypted(`http://${host}/v1`), host);
    }
    assert.ok(!isUnencrypted('https://dify.test/v1'));
  });
});
