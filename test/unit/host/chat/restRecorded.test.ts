import assert from 'node:assert/strict';
import type { Run } from '../../../../src/conversation/run.ts';
import type { Fetch } from '../../../../src/dify/client.ts';
import { ChatWindow } from '../../../support/chatWindow.ts';
import { streamOf } from '../../../support/difyClient.ts';
import { testApp } from '../../../support/hostState.ts';
import { bodyOf, recording, type RecordedExchange } from '../../../support/recordings.ts';
import { responseOf } from '../../../support/recordedRuns.ts';

/** A Dify that answers as it did when the connection was lost: the stream as far as it came, and then what was recorded after it. */
class CutDify {
  asked = 0;
  /** Whether it lets anything be read. */
  isOpen = true;
  readonly #stream: RecordedExchange;
  readonly #later: readonly RecordedExchange[];
  /** By path, how often it was asked for. */
  readonly #reads = new Map<string, number>();

  constructor(name: string) {
    const [stream, ...later] = recording(name).exchanges;
    assert.ok(stream !== undefined);
    this.#stream = stream;
    this.#later = later;
  }

  get query(): string {
    const { body } = this.#stream.request;
    const query = typeof body === 'object' && body !== null && 'query' in body ? body.query : undefined;
    return typeof query === 'string' ? query : '';
  }

  /** What each look finds is told one after the other, the last one again and again. */
  readonly fetch: Fetch = (url, { method }) => {
    const { pathname } = new URL(url);
    if (method === 'POST' && pathname === '/v1/chat-messages') {
      this.asked++;
      return Promise.resolve(streamOf([bodyOf(this.#stream)], { broken: true }));
    }
    if (!this.isOpen) return Promise.resolve(Response.json({ code: 'unauthorized', message: 'x' }, { status: 401 }));
    const read = this.#reads.get(pathname) ?? 0;
    this.#reads.set(pathname, read + 1);
    const found = this.#later.filter(({ request }) => new URL(request.path, url).pathname === pathname);
    const exchange = found[Math.min(read, found.length - 1)];
    return Promise.resolve(exchange === undefined ? Response.json({ data: [] }) : responseOf(exchange));
  };
}

const nodesOf = ({ nodes }: Run): readonly string[] => nodes.map(({ title, status }) => `${title}: ${status}`);

describe('An answer whose connection was lost, as recorded', () => {
  let dify: CutDify;
  let window: ChatWindow;

  async function ask(name: string, mode: string, prepare: (dify: CutDify) => void = () => {}): Promise<Run> {
    dify = new CutDify(name);
    prepare(dify);
    window = new ChatWindow({ fetch: dify.fetch });
    await window.open(testApp('one', { mode }));
    await window.chat.send(dify.query);
    return lastRun();
  }

  function lastRun(): Run {
    const run = window.conversation.messages.at(-1)?.run;
    assert.ok(run !== undefined);
    return run;
  }

  for (const name of [
    'b/advanced-chat/server-killed',
    'b/reattach/chatflow-cut',
    'b/reattach/chatflow-cut-snapshot',
    'b/reattach/chatflow-cut-never-back',
  ]) {
    it(`rules 2, 6 and 7: is read on by itself to the text that the server keeps, in one turn: ${name}`, async () => {
      const run = await ask(name, 'advanced-chat');

      const kept = recording(name).exchanges.findLast(({ request }) => request.path.startsWith('/v1/messages'));
      const { data } = JSON.parse(kept === undefined ? '{}' : bodyOf(kept).toString()) as {
        readonly data: readonly { readonly answer: string }[];
      };
      assert.deepEqual([run.status.type, run.text], ['done', data.at(-1)?.answer]);
      assert.deepEqual([dify.asked, window.turns.length], [1, 1]);
      assert.ok(nodesOf(run).length > 0);
      assert.deepEqual(
        nodesOf(run).filter((node) => !node.endsWith(': succeeded')),
        [],
      );
    });

    it(`rule 3: is not paid for again once it is there: ${name}`, async () => {
      const before = await ask(name, 'advanced-chat', (cut) => (cut.isOpen = false));
      assert.ok(before.status.type === 'incomplete' && before.text !== '');
      assert.equal(before.status.failure.remedy, 'fetchRest');
      dify.isOpen = true;
      for (let look = 0; look < 3; look++) await dify.fetch('http://x/v1/messages', { method: 'GET' });

      await window.asking.askAgain(window.conversation.messages[0]?.key ?? '');

      assert.deepEqual([window.turns.length, lastRun().status.type, dify.asked, window.said.length], [1, 'done', 1, 1]);
    });
  }

  it('rule 21: is given up where a run says for ever that it runs, and its message is empty', async () => {
    const run = await ask('a/advanced-chat/client-abort-then-stop', 'advanced-chat');

    assert.ok(run.status.type === 'incomplete' && run.text !== '');
    assert.equal(run.status.failure.remedy, 'fetchRest');
    assert.equal(dify.asked, 1);
  });

  for (const name of ['b/reattach/chat-cut', 'a/chat/client-abort']) {
    it(`rule 4: is lost in a basic app, which is said, and what came of it stays: ${name}`, async () => {
      const { status, text } = await ask(name, 'chat');
      const { key = '' } = window.conversation.messages[0] ?? {};
      assert.ok(status.type === 'incomplete');
      assert.match(status.failure.advice, /keeps no answer that was not read to its end/);
      assert.ok(text.length > 0);

      await window.asking.askAgain(key);

      assert.deepEqual([window.turns[0]?.[1], dify.asked], [text, 2]);
    });
  }
});
