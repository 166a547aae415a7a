import assert from 'node:assert/strict';
import { Log } from '../../../src/host/log.ts';
import { loggedFetch } from '../../../src/host/network/loggedFetch.ts';
import { logChannel } from '../../support/logChannel.ts';

const key = 'odd+key/of~no=known-shape';

describe('The log', () => {
  it('writes at the level of what happened: reads, sends, failures', async () => {
    const { lines, channel } = logChannel();
    const statuses = [200, 200, 401, 503];
    const fetch = loggedFetch(
      () => Promise.resolve(new Response('', { status: statuses.shift() ?? 200 })),
      new Log(channel),
    );

    await fetch('https://host.test/v1/info?user=u', { method: 'GET' });
    await fetch('https://host.test/v1/chat-messages', { method: 'POST', body: 'text' });
    await fetch('https://host.test/v1/info', { method: 'GET' });
    await fetch('https://host.test/v1/chat-messages', { method: 'POST' });

    assert.deepEqual(
      lines.map((line) => line.replace(/\d+ ms/, 'n ms')),
      [
        '[debug] GET https://host.test/v1/info: 200, n ms',
        '[info] POST https://host.test/v1/chat-messages: 200, n ms',
        '[warn] GET https://host.test/v1/info: 401, n ms',
        '[warn] POST https://host.test/v1/chat-messages: 503, n ms',
      ],
    );
  });

  it('says what may be behind no answer, and takes no stop for a failure', async () => {
    const { lines, channel } = logChannel();
    const fetch = loggedFetch(
      () => Promise.reject(new TypeError('fetch failed')),
      new Log(channel),
      () => 'This window is remote.',
    );

    await assert.rejects(fetch('https://host.test/v1/info', {}), /fetch failed/);
    await assert.rejects(fetch('https://host.test/v1/info', { signal: AbortSignal.abort() }), /fetch failed/);

    assert.match(
      lines.join('\n'),
      /^\[warn\] GET .*: no answer, \d+ ms\. This window is remote\.\n\[debug\] GET .*: given up, \d+ ms$/,
    );
  });

  it('counts what comes where every detail is wanted, and leaves it as it is', async () => {
    const { lines, channel } = logChannel(1);
    const stream = 'data: {}\n\ndata: {}\r\n\r\nevent: ping\n\n';
    const answer = new Response(stream, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
    const fetch = loggedFetch(() => Promise.resolve(answer), new Log(channel));

    const text = await (await fetch('https://host.test/v1/chat-messages', { method: 'POST' })).text();

    assert.equal(text, stream);
    assert.match(lines[1] ?? '', /^\[trace\] .*: 3 events, 35 bytes, \d+ ms$/);
  });

  it('never shows a key, also one that does not look like one: from the request that carries it on', async () => {
    const { lines, channel } = logChannel(1);
    const log = new Log(channel);
    const quoting = (_: string, { headers }: RequestInit): Promise<Response> =>
      Promise.reject(new Error(`bad header ${JSON.stringify(headers)}`));

    await loggedFetch(quoting, log)('https://host.test/v1/info', { headers: { authorization: `Bearer ${key}` } }).catch(
      (error: unknown) => log.error('Reading', error),
    );
    log.warn(`GET https://host.test/${encodeURIComponent(key)}`);
    log.info(btoa(key));

    assert.ok(lines.length > 3);
    for (const trace of [key, encodeURIComponent(key), btoa(key).slice(0, -2)]) {
      assert.ok(!`${lines.join('\n')}${log.recent(50).join('\n')}`.includes(trace), trace);
    }
  });

  it('keeps its last lines for a bug report, without what became a secret later', () => {
    const log = new Log(logChannel().channel);
    for (let line = 0; line < 300; line++) log.debug(`line ${line} ${key}`);
    log.hide(key);

    const recent = log.recent(50);

    assert.equal(recent.length, 50);
    assert.match(recent.at(-1) ?? '', /^\d{4}-\S+Z \[debug\] line 299 \[key\]$/);
  });

  it('is silent after it was closed, when the last requests of a window end', () => {
    const { lines, channel } = logChannel();
    const log = new Log(channel);
    log.dispose();

    log.info('late');

    assert.deepEqual(lines, []);
  });
});
