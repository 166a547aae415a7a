import assert from 'node:assert/strict';
import { reachOf } from '../../../../src/host/diagnostics/reach.ts';

const table = {
  loopback: ['localhost:5001', '127.0.0.1', '127.1', '[::1]:80'],
  private: [
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.1',
    '192.168.1.1',
    '100.64.0.1',
    '[fd00::1]',
    '[fe80::1]',
    'dify',
    'dify.local',
    'a.corp',
  ],
  public: [
    'api.dify.ai',
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    'localhost.evil.com',
    '[2001:db8::1]',
    'local.test',
    '192.168.1.1.evil.com',
  ],
};

describe('From where an address is reached', () => {
  for (const [reach, hosts] of Object.entries(table)) {
    it(`tells what is ${reach}`, () => {
      assert.deepEqual(
        hosts.filter((host) => reachOf(new URL(`http://${host}/v1`)) !== reach),
        [],
      );
    });
  }
});
