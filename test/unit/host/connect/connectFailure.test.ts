import assert from 'node:assert/strict';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { DifyError, type DifyErrorFields, type DifyErrorKind } from '../../../../src/dify/errors.ts';
import { recognize } from '../../../../src/dify/recognize.ts';
import { connectFailure } from '../../../../src/host/connect/connectFailure.ts';
import { discover } from '../../../../src/host/connect/discover.ts';
import { startDifyServer } from '../../../dify-server/serve.ts';
import { neverAborted } from '../../../support/difyClient.ts';
import { t } from './scriptedAsks.ts';

/** A server that does one thing wrong, and what a person is told of it; `{host}` is the server's. */
const causes: readonly (readonly [name: string, server: () => Server, told: string])[] = [
  [
    'a web page of nginx',
    () => answering(404, '<html><head><title>404 Not Found</title></head></html>'),
    "{host} answered with a web page (“404 Not Found”), not with Dify's API. Check the address: it usually ends with /v1. [editAddress, retry]",
  ],
  [
    'a page to sign in to the network, HTTP 200',
    () => answering(200, '<title>\n Hotel Wi-Fi </title>'),
    "{host} answered with a web page (“Hotel Wi-Fi”), not with Dify's API. Check the address: it usually ends with /v1. [editAddress, retry]",
  ],
  [
    'JSON of something else',
    () => answering(200, '{"hello":"world"}'),
    "{host} did not answer as Dify's API does. Check the address: it usually ends with /v1. [editAddress, retry]",
  ],
  [
    'a gateway without its server',
    () => answering(502, '<title>502 Bad Gateway</title>'),
    'Dify failed to answer (502). [retry, cancel]',
  ],
  [
    'a redirect to another server',
    () => answering(308, '', { location: 'https://new.test/v1/info' }),
    '{host} sends visitors to https://new.test. The key was not sent there. [useOther, editAddress]',
  ],
  [
    'a redirect to a page of its own',
    () => answering(302, '', { location: '/signin' }),
    "{host} did not answer as Dify's API does. [editAddress, retry]",
  ],
  [
    'a connection that is closed at once',
    () => createTcpServer((socket) => socket.destroy()),
    'The connection to {host} broke. [editAddress, retry]',
  ],
  [
    'another protocol',
    () => createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')),
    'The connection to {host} broke. [editAddress, retry]',
  ],
];

describe('A failure to find the API', () => {
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function open(server: Server): Promise<string> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function told(baseUrl: string): Promise<string> {
    const found = await discover([baseUrl], (url, init) => fetch(url, init), neverAborted);
    return 'error' in found ? wordsOf(found.error, found.baseUrl) : 'found';
  }

  for (const [name, server, sentence] of causes) {
    it(`is told where there is ${name}`, async () => {
      const host = await open(server());

      assert.equal(await told(`http://${host}/v1`), sentence.replace('{host}', host));
    });
  }

  it('is told of a closed port, an unknown name, and a port that speaks no TLS', async () => {
    const server = createTcpServer();
    const host = await open(server);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    assert.equal(await told(`http://${host}/v1`), `Nothing answers at ${host}. Is Dify running? [editAddress, retry]`);

    const dns = 'Check the spelling, or whether this computer needs a VPN. [editAddress, retry]';
    assert.equal(await told('https://dify.invalid/v1'), `No server is called dify.invalid. ${dns}`);

    const plain = await open(answering(200, ''));
    assert.match(await told(`https://${plain}/v1`), /TLS.* \[editAddress, showLog\]$/);
  });

  it('is told of a server that takes the request and says nothing', async () => {
    const sockets: { destroy: () => void }[] = [];
    const host = await open(createTcpServer((socket) => sockets.push(socket)));
    const asked = recognize(`http://${host}/v1`, (url, init) => fetch(url, init), 30, neverAborted);
    const error: unknown = await asked.catch((thrown: unknown) => thrown);
    for (const socket of sockets) socket.destroy();

    assert.equal(wordsOf(error, `http://${host}/v1`), `${host} did not answer within 15 s. [retry, showLog]`);
  });

  it('is the most telling one of several candidates, and a dead server is asked once', async () => {
    const asked: string[] = [];
    const world = (url: string): Promise<Response> => {
      asked.push(url);
      const isEncrypted = url.startsWith('https:');
      return isEncrypted
        ? Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }))
        : Promise.resolve(new Response('<title>Router</title>'));
    };
    const candidates = ['https://a.test/x/v1', 'https://a.test/v1', 'http://a.test/v1'];
    const found = await discover(candidates, world, neverAborted);

    assert.match(
      'error' in found ? wordsOf(found.error, found.baseUrl) : '',
      /a\.test answered with a web page \(“Router”\)/,
    );
    assert.deepEqual(asked, ['https://a.test/x/v1/info', 'http://a.test/v1/info']);
  });
});

describe('recognize', () => {
  it('knows Dify of both generations, behind nginx or not, by its refusal', async () => {
    for (const options of [{ generation: 'a' }, { generation: 'b' }, { nginx: true }] as const) {
      const dify = await startDifyServer(options);
      try {
        await recognize(dify.baseUrl, (url, init) => fetch(url, init), 5_000, neverAborted);
        assert.deepEqual(
          dify.log.map(({ path, app }) => [path, app]),
          [['/v1/info', undefined]],
        );
      } finally {
        await dify.close();
      }
    }
  });
});

describe('connectFailure', () => {
  const table: readonly (readonly [DifyErrorKind, DifyErrorFields, string])[] = [
    ['unauthorized', {}, 'a.test did not accept this key. It may be incomplete or deleted. [enterKey, openApiPage]'],
    [
      'rejected',
      { code: 'app_unavailable' },
      'The app exists but is not published yet. Publish it in Dify, then retry. [retry]',
    ],
    ['forbidden', {}, 'The owner has switched off API access for this app. [retry]'],
    ['server', { status: 500 }, 'Dify failed to answer (500). [retry, cancel]'],
    ['busy', {}, 'Dify is busy. Too many requests are running at the same time. [retry, cancel]'],
    ['noKey', {}, 'No API key is stored for a.test. Nothing was sent. [enterKey]'],
    ['moved', { location: 'null' }, "a.test did not answer as Dify's API does. [editAddress, retry]"],
    ['moved', {}, "a.test did not answer as Dify's API does. [editAddress, retry]"],
  ];

  for (const [kind, fields, expected] of table) {
    it(`says “${expected}”`, () => {
      assert.equal(wordsOf(new DifyError(kind, 'x', fields), 'https://a.test/v1'), expected);
    });
  }

  it('has the buttons that help against what fails below HTTP', () => {
    const buttons = (fields: DifyErrorFields): readonly string[] =>
      connectFailure(new DifyError('network', 'x', fields), 'https://a.test/v1', t).buttons;

    assert.deepEqual(buttons({ reason: 'untrusted' }), ['chooseCa', 'showLog']);
    assert.deepEqual(buttons({ reason: 'selfSigned' }), ['chooseCa', 'showLog']);
    assert.deepEqual(buttons({ reason: 'untrusted', network: { directMayHelp: true } }), ['useDirect', 'showLog']);
    assert.deepEqual(buttons({ reason: 'expired' }), ['editAddress', 'showLog']);
    assert.deepEqual(buttons({ reason: 'wrongName' }), ['editAddress', 'showLog']);
    assert.deepEqual(buttons({ reason: 'proxySignIn' }), ['openProxySettings', 'retry']);
    assert.deepEqual(buttons({ reason: 'proxyUnreachable' }), ['openProxySettings', 'retry']);
    assert.deepEqual(buttons({ reason: 'connectTimeout' }), ['retry', 'showLog']);
  });
});

function wordsOf(error: unknown, baseUrl: string): string {
  const { sentence, buttons } = connectFailure(error, baseUrl, t);
  return `${sentence} [${buttons.join(', ')}]`;
}

function answering(status: number, body: string, headers: Record<string, string> = {}): Server {
  const listener: RequestListener = (_, response) =>
    response
      .writeHead(status, { 'content-type': body.startsWith('{') ? 'application/json' : 'text/html', ...headers })
      .end(body);
  return createHttpServer(listener);
}
