import assert from 'node:assert/strict';
import { ConfigurationTarget, workspace } from 'vscode';

describe('The settings of the network', () => {
  for (const [name, value] of [
    ['transport', 'direct'],
    ['caCertificates', ['/elsewhere/ca.pem']],
  ] as const) {
    it(`are those of the computer: ${name} can be set for it and for no workspace`, async () => {
      const settings = workspace.getConfiguration('difyCompanion.network');

      await assert.rejects(Promise.resolve(settings.update(name, value, ConfigurationTarget.Workspace)));
      await settings.update(name, value, ConfigurationTarget.Global);

      const found = workspace.getConfiguration('difyCompanion.network').inspect(name);
      await settings.update(name, undefined, ConfigurationTarget.Global);
      assert.deepEqual([found?.globalValue, found?.workspaceValue], [value, undefined]);
    });
  }
});
