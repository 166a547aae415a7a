import assert from 'node:assert/strict';
import type { App } from '../../../../src/host/app.ts';
import { freeName } from '../../../../src/host/connect/names.ts';

const app = (id: string, name: string): App => {
  return { id, name, baseUrl: 'https://b.test/v1', mode: 'chat', description: '', emoji: '', version: '' };
};

describe('freeName', () => {
  it('is the app’s own name until another app has it, then one with the host, then with a number', () => {
    const names = ['Chat', 'Chat (b.test)', 'Chat (b.test, 2)', 'Chat (b.test, 3)'];
    const others: App[] = [];
    for (const [index, expected] of names.entries()) {
      const name = freeName(app(`${index}`, 'Chat'), others);
      assert.equal(name, expected);
      others.push(app(`${index}`, name));
    }
    assert.equal(freeName(app('0', 'Chat'), others), 'Chat', 'an app does not stand in its own way');
  });
});
