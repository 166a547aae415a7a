import assert from 'node:assert/strict';
import { parseFromWebview } from '../../../src/conversation/fromWebview.ts';

describe('parseFromWebview', () => {
  it('takes each message that the page may post', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'connect' },
      { type: 'startDemo' },
      { type: 'leaveDemo' },
      { type: 'howItWorks' },
      { type: 'switchApp' },
      { type: 'changeAddress' },
      { type: 'retryConnection' },
      { type: 'showLog' },
      { type: 'hideNotice', kind: 'demo' },
      { type: 'showNotice', kind: 'unencrypted' },
      { type: 'send', query: 'Hello' },
      { type: 'stop' },
      { type: 'newConversation' },
      { type: 'remedy', key: 'k', remedy: 'retry' },
      { type: 'askAgain', key: 'k' },
      { type: 'draft', text: '' },
      { type: 'queue', what: 'sendNow', key: 'q' },
      { type: 'attach', key: 'selection' },
      { type: 'detach', key: 'k' },
      { type: 'drop', uris: 'file:///a.ts' },
      { type: 'paste', key: 'paste-1', name: '', text: 'long' },
      { type: 'mention', filter: '' },
      { type: 'slash', name: 'new' },
      { type: 'copy', text: 'x' },
      { type: 'openLink', href: 'https://dify.ai' },
    ]) {
      assert.deepEqual(parseFromWebview(message), message);
    }
  });

  it('refuses everything else', () => {
    for (const message of [
      undefined,
      'ready',
      [],
      {},
      { type: 'runCommand', command: 'x' },
      { type: 'send' },
      { type: 'send', query: 7 },
      { type: 'send', query: 'x'.repeat(1_000_001) },
      { type: 'remedy', key: 'k', remedy: 'format disk' },
      { type: 'hideNotice', kind: 'offline' },
      { type: 'queue', what: 'delete' },
      { type: 'attach', key: { uri: 'file:///etc/passwd' } },
      { type: 'paste', key: 'paste-1', text: 'x' },
      { type: 'mention', filter: 'x'.repeat(5_000) },
      { type: 'openLink', href: `https://${'x'.repeat(5_000)}` },
    ]) {
      assert.equal(parseFromWebview(message), undefined);
    }
  });
});
