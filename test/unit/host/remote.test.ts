import assert from 'node:assert/strict';
import { remoteHint } from '../../../src/host/remote.ts';

const ssh = { remoteName: 'ssh-remote', runsThere: false, inBrowser: false };

describe('The hint in a remote window', () => {
  it('says from which computer Dify is asked, where that may be why nothing answers', () => {
    assert.match(remoteHint('network', ssh), /asked from your computer/);
    assert.match(remoteHint('timeout', { ...ssh, runsThere: true }), /asked from there/);
    assert.match(remoteHint('network', { ...ssh, runsThere: true, inBrowser: true }), /server of this window/);
  });

  it('is silent where the window is not remote, or Dify did answer', () => {
    assert.equal(remoteHint('network', { ...ssh, remoteName: undefined }), '');
    assert.equal(remoteHint('unauthorized', ssh), '');
  });
});
