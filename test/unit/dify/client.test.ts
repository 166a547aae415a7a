import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { ApiKey } from '../../../src/dify/apiKey.ts';
import { getInfo } from '../../../src/dify/app.ts';
import { DifyClient } from '../../../src/dify/client.ts';
import { DifyError, type DifyErrorKind } from '../../../src/dify/errors.ts';
import { clientAnswering, clientOf, deadBaseUrl, neverAborted, withServer } from '../../support/difyClient.ts';

async function failureOf(work: Promise<unknown>): Promise<DifyError> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof DifyError, String(thrown));
  return thrown;
}

describe('DifyClient.get', () => {
  const table: readonly [number, object | string, DifyErrorKind][] = [
    [401, { code: 'unauthorized', message: 'Access token is invalid', status: 401 }, 'unauthorized'],
    [403, { code: 'forbidden', message: 'The app API service has been disabled.', status: 403 }, 'forbidden'],
    [404, { code: 'not_found', message: 'Conversation Not Exists. You have requested …', status: 404 }, 'notFound'],
    [404, '<!doctype html><title>404 Not Found</title>', 'notDify'],
    [400, { code: 'not_chat_app', message: 'Please check', status: 400 }, 'rejected'],
    [400, { code: 'invalid_param', message: 'Too many requests. Please try again', status: 400 }, 'busy'],
    [429, 'error code: 1015', 'busy'],
    [413, '<html>413</html>', 'rejected'],
    [500, { code: 'unknown', message: 'Internal Server Error', status: 500 }, 'server'],
    [502, '<html><title>502 Bad Gateway</title></html>', 'server'],
    [301, '', 'moved'],
    [407, '', 'network'],
  ];

  for (const [status, body, kind] of table) {
    it(`calls HTTP ${status} ${typeof body === 'string' ? 'in other words' : JSON.stringify(body)} "${kind}"`, async () => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const headers = {
        'content-type': typeof body === 'string' ? 'text/html' : 'application/json',
        location: 'https://b.test/v1',
      };
      const client = clientAnswering(() => new Response(text, { status, headers }));

      const failure = await failureOf(client.get('/info', {}, neverAborted));

      assert.equal(failure.kind, kind);
      if (kind === 'moved') assert.equal(failure.location, 'https://b.test');
      if (typeof body !== 'string') assert.equal(failure.code, (body as { code: string }).code);
    });
  }

  it('tries again where a gateway failed, three times in all, and not where Dify refused', async () => {
    for (const [status, tries] of [
      [503, 3],
      [500, 2],
      [400, 1],
    ] as const) {
      let calls = 0;
      const client = clientAnswering(() => {
        calls++;
        return new Response('', { status });
      });

      await failureOf(client.get('/info', {}, neverAborted));

      assert.equal(calls, tries, String(status));
    }
  });

  it('fails in time when the server does not answer, and at once with the reason of the signal', async () => {
    await withServer(
      () => {},
      async (baseUrl) => {
        const slow = clientOf(baseUrl, { call: 20 });
        assert.equal((await failureOf(slow.get('/info', {}, neverAborted))).kind, 'timeout');

        const stopping = new AbortController();
        const call = slow.get('/info', {}, stopping.signal);
        stopping.abort();
        await assert.rejects(call, { name: 'AbortError' });
      },
    );
  });

  it('says that nothing listens, and that a name is not known', async () => {
    assert.equal((await failureOf(clientOf(await deadBaseUrl()).get('/info', {}, neverAborted))).reason, 'refused');
    assert.equal((await failureOf(clientOf('http://no.invalid/v1').get('/info', {}, neverAborted))).reason, 'dns');
  });

  it('shows two short lines of the server at most', async () => {
    const message = `1 validation error\n${'x'.repeat(500)}\nFor further information visit …`;
    const client = clientAnswering(() =>
      Response.json({ code: 'invalid_param', message, status: 400 }, { status: 400 }),
    );

    const { detail } = await failureOf(client.get('/info', {}, neverAborted));

    assert.equal(detail, `1 validation error\n${'x'.repeat(299)}…`);
  });
});

describe('ApiKey', () => {
  const secret = 'app-0123456789abcdefABCDEFgh';

  it('goes out in the header only, to its own origin only', async () => {
    const seen: unknown[] = [];
    const client = (origin: string): DifyClient =>
      new DifyClient(
        () => Promise.resolve({ baseUrl: 'http://one.test/v1', apiKey: new ApiKey(` ${secret}\n`, origin), user: 'u' }),
        (_, init) => {
          seen.push(init.headers);
          return Promise.resolve(Response.json({ name: 'x' }));
        },
      );

    await getInfo(client('http://one.test'), neverAborted);
    const failure = await failureOf(getInfo(client('http://two.test'), neverAborted));

    assert.deepEqual(seen, [{ authorization: `Bearer ${secret}` }]);
    assert.equal(failure.kind, 'invalidKey');
  });

  it('is refused before any request when a header cannot carry it, and its text is in no error', async () => {
    const strange = [
      'app-12345678\r\nX-Evil:1',
      'app-1234\n5678',
      'app-1234 5678',
      'app-1234\t5678',
      'app-1234\u00a05678',
    ];
    for (const bad of [...strange, 'app-1234\u200b5678', 'app-АБВГДЕЖЗ', 'app-密钥密钥密钥密钥', 'ключ', '']) {
      const key = new ApiKey(bad, 'http://one.test');
      const client = new DifyClient(
        () => Promise.resolve({ baseUrl: 'http://one.test/v1', apiKey: key, user: 'u' }),
        () => assert.fail('sent'),
      );

      const failure = await failureOf(getInfo(client, neverAborted));

      assert.equal(failure.kind, 'invalidKey');
      assert.ok(bad === '' || !inspect(failure).includes(bad.trim()));
    }
  });

  it('never turns into its text', () => {
    const key = new ApiKey(secret, 'http://one.test');

    for (const told of [String(key), JSON.stringify({ key }), inspect({ key }, { depth: 9, showHidden: true })]) {
      assert.ok(!told.includes(secret), told);
      assert.match(told, /app-…\(28\)/);
    }
  });
});
