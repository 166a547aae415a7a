import assert from 'node:assert/strict';
import { emptyConversation } from '../../../../src/conversation/conversation.ts';
import type { ChatEvent, ToWebview } from '../../../../src/conversation/protocol.ts';
import { openableLink } from '../../../../src/host/chat/links.ts';
import { Outbox } from '../../../../src/host/chat/outbox.ts';

const state = { app: undefined, conversation: emptyConversation, draft: '' };
const piece = (text: string): ChatEvent => ({ type: 'run', key: 'k', event: { type: 'textAppended', text } });

describe('Outbox', () => {
  it('sends nothing before the snapshot, then the first event at once and the burst behind it as one message', async () => {
    const posted: ToWebview[] = [];
    const flushed = Promise.withResolvers<void>();
    const outbox = new Outbox((message) => {
      posted.push(message);
      if (posted.length === 3) flushed.resolve();
    });

    outbox.push(piece('lost'));
    outbox.snapshot(state);
    for (const text of ['a', 'b', 'c', 'd']) outbox.push(piece(text));
    outbox.push({ type: 'run', key: 'k', event: { type: 'stopped' } });
    await flushed.promise;
    outbox.dispose();

    assert.deepEqual(posted, [
      { type: 'snapshot', seq: 0, state },
      { type: 'events', seq: 1, events: [piece('a')] },
      { type: 'events', seq: 2, events: [piece('bcd'), { type: 'run', key: 'k', event: { type: 'stopped' } }] },
    ]);
  });
});

describe('openableLink', () => {
  for (const href of ['https://dify.ai/x?y#z', 'http://127.0.0.1:5001/', 'mailto:ada@dify.test']) {
    it(`opens ${href}`, () => assert.equal(openableLink(href), href));
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
    it(`does not open ${JSON.stringify(href.slice(0, 60))}`, () => assert.equal(openableLink(href), undefined));
  }
});
