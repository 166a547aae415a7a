import assert from 'node:assert/strict';
import type { App } from '../../../../src/host/app.ts';
import { Notices } from '../../../../src/host/chat/notices.ts';

const app = (baseUrl: string, id = 'one'): App => ({
  id,
  baseUrl,
  name: 'App',
  mode: 'chat',
  description: '',
  emoji: '',
  version: '',
});

describe('The notices of an app', () => {
  const well = { of: () => ({ state: 'ok', at: 1 }) };

  it('are none for an app that is well and encrypted, or on this computer', () => {
    for (const url of ['https://api.dify.ai/v1', 'http://127.0.0.1:5001/v1']) {
      assert.deepEqual(new Notices(well).of(app(url)), []);
    }
  });

  it('say that the demo is one, that a server is not reached, and that an address is not encrypted', () => {
    const gone = new Notices({ of: () => ({ state: 'notReached', at: 7 }) });

    assert.deepEqual(new Notices(well).of(app('https://demo.invalid/v1')), [{ kind: 'demo' }]);
    assert.deepEqual(gone.of(app('http://dify.lab/v1')), [
      { kind: 'offline', host: 'dify.lab', at: 7 },
      { kind: 'unencrypted', url: 'http://dify.lab' },
    ]);
  });

  it('can be hidden and shown again, for one app and one address', () => {
    const notices = new Notices(well);
    const http = app('http://dify.lab/v1');
    const kinds = (of: App): string[] => notices.of(of).map(({ kind }) => kind);

    notices.hide(http, 'unencrypted');

    assert.deepEqual(kinds(http), []);
    assert.deepEqual(kinds(app('http://dify.lab/v1', 'two')), ['unencrypted']);
    assert.deepEqual(kinds(app('http://other.lab/v1')), ['unencrypted']);
    notices.show(http, 'unencrypted');
    assert.deepEqual(kinds(http), ['unencrypted']);
  });

  it('are hidden once for all apps of the demo', () => {
    const notices = new Notices(well);

    notices.hide(app('https://demo.invalid/v1'), 'demo');

    assert.deepEqual(notices.of(app('https://demo.invalid/v1', 'two')), []);
  });
});
