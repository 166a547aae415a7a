import assert from 'node:assert/strict';
import type { Fetch } from '../../../../src/dify/client.ts';
import { ChatWindow } from '../../../support/chatWindow.ts';
import { streamOf } from '../../../support/difyClient.ts';
import { testApp } from '../../../support/hostState.ts';
import { bodyOf, recording, type RecordedExchange } from '../../../support/recordings.ts';

/** A Dify that answers as it did when the connection was lost: the stream as far as it came, and then the history, reading by reading. */
class CutDify {
  /** What GET /messages answers, one after the other; the last one again and again. */
  readonly histories: RecordedExchange[];
  asked = 0;
  readonly #stream: RecordedExchange;

  constructor(name: string) {
    const { exchanges } = recording(name);
    const [stream] = exchanges;
    assert.ok(stream !== undefined);
    this.#stream = stream;
    this.histories = exchanges.filter(({ request }) => request.path.startsWith('/v1/messages'));
  }

  get query(): string {
    const { body } = this.#stream.request;
    const query = typeof body === 'object' && body !== null && 'query' in body ? body.query : undefined;
    return typeof query === 'string' ? query : '';
  }

  readonly fetch: Fetch = (url) => {
    const { pathname } = new URL(url);
    if (pathname === '/v1/chat-messages') {
      this.asked++;
      return Promise.resolve(streamOf([bodyOf(this.#stream)], { broken: true }));
    }
    if (pathname !== '/v1/messages') return Promise.resolve(Response.json({ data: [] }));
    const [history] = this.histories;
    if (this.histories.length > 1) this.histories.shift();
    return Promise.resolve(new Response(history === undefined ? '{}' : bodyOf(history).toString()));
  };
}

describe('An answer whose connection was lost, as recorded', () => {
  async function cut(name: string, mode: string): Promise<{ dify: CutDify; window: ChatWindow; before: string }> {
    const dify = new CutDify(name);
    const window = new ChatWindow({ fetch: dify.fetch });
    await window.open(testApp('one', { mode }));
    await window.chat.send(dify.query);
    const [, before = '', status] = window.turns[0] ?? [];
    assert.equal(status, 'incomplete');
    return { dify, window, before };
  }

  for (const name of [
    'b/advanced-chat/server-killed',
    'b/reattach/chatflow-cut',
    'b/reattach/chatflow-cut-never-back',
  ]) {
    it(`is fetched to its end, which a chatflow reaches without anybody reading: ${name}`, async () => {
      const { window, before } = await cut(name, 'advanced-chat');
      const { key = '', run } = window.conversation.messages[0] ?? {};
      assert.equal(run?.status.type === 'incomplete' && run.status.failure.remedy, 'fetchRest');

      await window.asking.remedy(key, 'fetchRest');

      const [, text = '', status] = window.turns[0] ?? [];
      assert.equal(status, 'done');
      assert.ok(text.length > before.length);
    });

    it(`is not paid for again once it is there: ${name}`, async () => {
      const { dify, window } = await cut(name, 'advanced-chat');
      dify.histories.splice(0, dify.histories.length - 1);

      await window.asking.askAgain(window.conversation.messages[0]?.key ?? '');

      assert.deepEqual([window.turns.length, window.turns[0]?.[2], dify.asked, window.said.length], [1, 'done', 1, 1]);
    });
  }

  for (const name of ['b/reattach/chat-cut', 'a/chat/client-abort']) {
    it(`is lost in a basic app, which is said, and what came of it stays: ${name}`, async () => {
      const { dify, window, before } = await cut(name, 'chat');
      const { key = '', run } = window.conversation.messages[0] ?? {};
      assert.ok(run?.status.type === 'incomplete');
      assert.match(run.status.failure.advice, /keeps no answer that was not read to its end/);
      assert.ok(before.length > 0);

      await window.asking.askAgain(key);

      assert.deepEqual([window.turns[0]?.[1], dify.asked], [before, 2]);
    });
  }
});
