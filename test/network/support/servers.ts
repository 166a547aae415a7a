import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { Certificates } from './certificates.ts';

/** Who signs in at the proxy that asks for it. */
export const proxyUser = 'lamp';
export const proxyPassword = 'Marked-Proxy-Password';
export const proxyAuthorization = `Basic ${Buffer.from(`${proxyUser}:${proxyPassword}`).toString('base64')}`;

/** Servers and proxies at 127.0.0.1: all ports are free ones. */
export interface Lab {
  readonly ports: Readonly<Record<ServerName, number>>;
  /** Hosts that requests were taken for by a proxy. */
  readonly proxied: ReadonlySet<string>;
  readonly close: () => Promise<void>;
}

export type ServerName = (typeof names)[number];

const names = [
  'plain',
  'secure',
  'expired',
  'notYetValid',
  'wrongName',
  'selfSigned',
  'proxy',
  'signInProxy',
  'secureProxy',
  'refusingProxy',
  'blackHole',
  'closed',
] as const;

/** Starts all of them. What a proxy is asked to connect to leads to the origins here: names that only it knows. */
export async function startLab(certificates: Certificates): Promise<Lab> {
  const { good, expired, notYetValid, wrongName, selfSigned } = certificates;
  const proxied = new Set<string>();
  const plain = await listening(http.createServer(answer));
  const secure = await listening(https.createServer(good, answer));
  const expiredServer = await listening(https.createServer(expired, answer));
  const upstream = (host: string, port: string): number =>
    host.startsWith('expired.') ? expiredServer.port : port === '443' ? secure.port : plain.port;
  const options = { proxied, upstream };
  const servers = {
    plain,
    secure,
    expired: expiredServer,
    notYetValid: await listening(https.createServer(notYetValid, answer)),
    wrongName: await listening(https.createServer(wrongName, answer)),
    selfSigned: await listening(https.createServer(selfSigned, answer)),
    proxy: await listening(proxyOn(http.createServer(), options)),
    signInProxy: await listening(proxyOn(http.createServer(), { ...options, refusal: signIn })),
    secureProxy: await listening(proxyOn(https.createServer(good), options)),
    refusingProxy: await listening(proxyOn(http.createServer(), { ...options, refusal: () => '502 Bad Gateway' })),
    blackHole: await startBlackHole(),
    closed: await closedPort(),
  } satisfies Record<ServerName, Listening>;
  return {
    ports: Object.fromEntries(names.map((name) => [name, servers[name].port])) as Record<ServerName, number>,
    proxied,
    close: async () => void (await Promise.all(Object.values(servers).map((server) => server.close()))),
  };
}

/** A proxy of its own, and the hosts that it was asked for. */
export interface RunningProxy extends Listening {
  readonly proxied: Set<string>;
}

/** A proxy that takes everything to one port here. */
export async function startProxy(upstream: () => number): Promise<RunningProxy> {
  const proxied = new Set<string>();
  return { ...(await listening(proxyOn(http.createServer(), { proxied, upstream }))), proxied };
}

export interface Listening {
  readonly port: number;
  readonly close: () => Promise<unknown>;
}

async function listening(server: http.Server | https.Server): Promise<Listening> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const close = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { port: (server.address() as AddressInfo).port, close };
}

/** Dify's answer to `GET /info`. */
function answer(_: http.IncomingMessage, response: http.ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
  response.end('{"name":"Lamp","mode":"chat"}');
}

interface ProxyOptions {
  readonly proxied: Set<string>;
  readonly upstream: (host: string, port: string) => number;
  /** A status to refuse with. */
  readonly refusal?: (authorization: string | undefined) => string | undefined;
}

function signIn(authorization: string | undefined): string | undefined {
  return authorization === proxyAuthorization ? undefined : '407 Proxy Authentication Required';
}

function proxyOn<T extends http.Server | https.Server>(server: T, { proxied, upstream, refusal }: ProxyOptions): T {
  const challenge = 'Proxy-Authenticate: Basic realm="corp"\r\nContent-Length: 0';
  server.on('connect', (request: http.IncomingMessage, socket: Duplex, head: Buffer) => {
    const [host = '', port = ''] = (request.url ?? '').split(':');
    proxied.add(host);
    socket.on('error', () => {});
    const refused = refusal?.(request.headers['proxy-authorization']);
    if (refused !== undefined) return void socket.end(`HTTP/1.1 ${refused}\r\n${challenge}\r\n\r\n`);
    const onward = net.connect(upstream(host, port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
  });
  // A request to plain http may come whole.
  server.on('request', (request: http.IncomingMessage, response: http.ServerResponse) => {
    proxied.add(new URL(request.url ?? '').hostname);
    answer(request, response);
  });
  return server;
}

/** A port where connecting gets no answer: its queue of connections is full, and nobody takes them from it. */
async function startBlackHole(): Promise<Listening> {
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads');
     const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       parentPort.postMessage(server.address().port);
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
     });`,
    { eval: true },
  );
  const [port] = (await once(worker, 'message')) as [number];
  const waiting: net.Socket[] = [];
  for (let full = false; !full;) {
    const socket = net.connect(port, '127.0.0.1').on('error', () => {});
    waiting.push(socket);
    const answered = once(socket, 'connect').then(() => true);
    const silence = new Promise<boolean>((resolve) => setTimeout(resolve, 300, false));
    full = !(await Promise.race([answered, silence]));
  }
  const close = async (): Promise<void> => {
    for (const socket of waiting) socket.destroy();
    await worker.terminate();
  };
  return { port, close };
}

async function closedPort(): Promise<Listening> {
  const server = await listening(http.createServer());
  await server.close();
  return { port: server.port, close: () => Promise.resolve() };
}
