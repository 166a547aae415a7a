import assert from 'node:assert/strict';
import { ThemeIcon, type Uri } from 'vscode';
import type { App } from '../../../src/host/app.ts';
import { appRow } from '../../../src/host/appRows.ts';
import type { AppHealth } from '../../../src/host/health.ts';
import { testApp } from '../../support/hostState.ts';

function row(app: App, { icon, health }: { icon?: string; health?: Partial<AppHealth> } = {}): readonly unknown[] {
  const found: AppHealth = { state: 'ok', reason: '', at: new Date(2026, 4, 14, 10, 31).getTime(), ...health };
  const ports = { details: { icon: () => icon }, health: { of: () => found } };
  const { label, description, detail, iconPath } = appRow(app, ports, ['Chats in this workspace']);
  return [
    label,
    description,
    detail,
    iconPath === undefined ? '' : iconPath instanceof ThemeIcon ? iconPath.id : (iconPath as Uri).toString(),
  ];
}

describe('An app in a list', () => {
  const use = 'Chats in this workspace';
  const image = 'data:image/png;base64,AAAA';

  it('has the emoji before its name, or the image, or a sign of what it can do', () => {
    assert.deepEqual(row(testApp('one', { emoji: '🤖' })), ['🤖 App one', 'Chatbot · one.test', use, '']);
    assert.deepEqual(row(testApp('one', { emoji: '🤖' }), { icon: image }), [
      'App one',
      'Chatbot · one.test',
      use,
      image,
    ]);
    assert.equal(row(testApp('one'))[3], 'comment-discussion');
    assert.equal(row(testApp('one', { mode: 'workflow' }))[3], 'wand');
  });

  for (const [mode, words] of Object.entries({
    completion: 'Text generator',
    chat: 'Chatbot',
    'agent-chat': 'Agent',
    agent: 'Agent',
    'advanced-chat': 'Chatflow',
    workflow: 'Workflow',
    'new-mode': 'new-mode',
  })) {
    it(`is a ${words}, Dify's ${mode}`, () => {
      assert.equal(row(testApp('one', { mode }))[1], `${words} · one.test`);
    });
  }

  for (const [health, words] of [
    [{ state: 'unknown' }, ''],
    [{ state: 'keyMissing' }, ' · Key missing'],
    [{ state: 'keyRefused' }, ' · Key not accepted'],
    [{ state: 'notReached' }, ' · Not reached, 10:31 AM'],
    [{ state: 'failed', reason: 'Dify failed to answer (503).' }, ' · Dify failed to answer (503).'],
  ] as const) {
    it(`says ${health.state}${words}`, () => {
      assert.equal(String(row(testApp('one'), { health })[2]).replaceAll('\u202f', ' '), use + words);
    });
  }

  it('says where the key and the text travel in clear', () => {
    assert.equal(row(testApp('one', { baseUrl: 'http://one.test/v1' }))[2], `${use} · not encrypted`);
    assert.equal(row(testApp('one', { baseUrl: 'http://127.0.0.1/v1' }))[2], use);
  });

  it('names no host of the demo', () => {
    assert.equal(row(testApp('one', { baseUrl: 'https://demo.invalid/v1' }))[1], 'Chatbot · demo');
  });
});
