import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Transport } from '../../src/host/transport.ts';
import { tryIt, type Attempt, type Outcome } from './support/attempts.ts';
import { expiredOn, validFrom } from './support/certificates.ts';
import { nodes } from './support/nodes.ts';
import { proxyAuthorization, type ServerName } from './support/servers.ts';
import { openWorld, type World } from './support/world.ts';

/** A real cause, the sentence it is told in, and the button. A number in the sentence is the port of that server. */
interface Cause {
  readonly name: string;
  readonly on: (world: World) => Attempt;
  readonly said: string | Readonly<Record<Transport, string>>;
  readonly remedy: string | Readonly<Record<Transport, string>>;
}

const local =
  (server: ServerName, scheme = 'https'): Cause['on'] =>
  ({ lab, trusting }) => ({
    baseUrl: `${scheme}://127.0.0.1:${lab.ports[server]}/v1`,
    world: { settings: {} },
    env: trusting,
  });

const byProxy =
  (server: ServerName, host = 'dify.corp.test'): Cause['on'] =>
  ({ lab, trusting }) => ({
    baseUrl: `https://${host}/v1`,
    world: { settings: { 'http.proxy': `http://lamp:Marked-Wrong-Password@127.0.0.1:${lab.ports[server]}` } },
    env: trusting,
  });

const untrusted = (reason: string): string =>
  `127.0.0.1:{port} uses a certificate that this computer does not trust (${reason}).`;

const causes: readonly Cause[] = [
  {
    name: 'a closed port',
    on: local('closed', 'http'),
    said: 'Nothing answers at 127.0.0.1:{port}.',
    remedy: 'retry',
  },
  {
    name: 'a name that does not exist',
    on: ({ trusting }) => ({ baseUrl: 'https://no.invalid/v1', world: { settings: {} }, env: trusting }),
    said: 'No server is called no.invalid.',
    remedy: 'editAddress',
  },
  {
    name: 'a certificate of an unknown issuer',
    on: (world) => ({ ...local('secure')(world), env: world.distrusting }),
    said: untrusted('its issuer is unknown here'),
    remedy: 'addCertificate',
  },
  {
    name: 'a certificate that NODE_EXTRA_CA_CERTS would trust',
    on: (world) => ({
      ...local('selfSigned')(world),
      env: { ...world.distrusting, NODE_EXTRA_CA_CERTS: world.certificates.file },
    }),
    said: untrusted('it is self-signed'),
    remedy: { editor: 'useDirect', direct: 'addCertificate' },
  },
  {
    name: 'an expired certificate',
    on: local('expired'),
    said: `The certificate of 127.0.0.1:{port} expired on ${expiredOn}.`,
    remedy: 'editAddress',
  },
  {
    name: 'an expired certificate behind a proxy, round which nobody goes to look at it',
    on: byProxy('proxy', 'expired.corp.test'),
    said: 'The certificate of expired.corp.test has expired.',
    remedy: 'editAddress',
  },
  {
    name: 'a certificate of the future',
    on: local('notYetValid'),
    said: `The certificate of 127.0.0.1:{port} is valid only from ${validFrom} on.`,
    remedy: 'retry',
  },
  {
    name: 'a certificate for another name',
    on: local('wrongName'),
    said: 'The certificate of 127.0.0.1:{port} is for other.test, *.else.test.',
    remedy: 'editAddress',
  },
  {
    name: 'plain http where https was expected',
    on: local('plain'),
    said: '127.0.0.1:{port} speaks no TLS.',
    remedy: 'editAddress',
  },
  {
    name: 'a proxy that is down',
    on: byProxy('closed'),
    said: 'The proxy 127.0.0.1:{proxy} cannot be reached.',
    remedy: 'openProxySettings',
  },
  {
    name: 'a proxy that wants another sign-in',
    on: byProxy('signInProxy'),
    said: 'The proxy 127.0.0.1:{proxy} asks for a sign-in.',
    remedy: 'openProxySettings',
  },
  {
    name: 'a proxy that cannot get there',
    on: byProxy('refusingProxy'),
    said: 'The proxy 127.0.0.1:{proxy} did not connect to dify.corp.test (502).',
    remedy: 'openProxySettings',
  },
  {
    name: 'a port that does not answer',
    on: local('blackHole'),
    // VS Code's own fetch gives up earlier.
    said: {
      editor: '127.0.0.1:{port} did not answer within 10 s.',
      direct: '127.0.0.1:{port} did not answer within 15 s.',
    },
    remedy: 'retry',
  },
];

/** Causes that only one of the transports can meet. */
const oneSided: readonly (Cause & { readonly transport: Transport })[] = [
  {
    name: "the operating system's proxy is down",
    transport: 'editor',
    on: ({ lab, trusting }) => ({
      baseUrl: 'https://dify.corp.test/v1',
      world: { settings: {}, systemProxy: `PROXY 127.0.0.1:${lab.ports.closed}` },
      env: trusting,
    }),
    said: 'The proxy 127.0.0.1:{closed} cannot be reached.',
    remedy: 'openProxySettings',
  },
  {
    name: 'a proxy that the editor does not go through as told',
    transport: 'editor',
    on: ({ lab, trusting }) => ({
      baseUrl: 'https://dify.corp.test/v1',
      world: {
        settings: {
          'http.proxy': `http://127.0.0.1:${lab.ports.signInProxy}`,
          'http.proxyAuthorization': proxyAuthorization,
        },
      },
      env: trusting,
    }),
    said: 'The proxy 127.0.0.1:{signInProxy} asks for a sign-in.',
    remedy: 'useDirect',
  },
  {
    name: 'a CA file that is not there',
    transport: 'direct',
    on: (world) => caFile(world, '/nowhere/authority.pem'),
    said: 'The CA file /nowhere/authority.pem cannot be read, or holds no certificate in PEM form.',
    remedy: 'addCertificate',
  },
  {
    name: 'a CA file that holds something else',
    transport: 'direct',
    on: (world) => caFile(world, path.join(path.dirname(world.certificates.file), 'words.pem')),
    said: 'The CA file {folder}/words.pem cannot be read, or holds no certificate in PEM form.',
    remedy: 'addCertificate',
  },
];

function caFile(world: World, file: string): Attempt {
  return { ...local('secure')(world), world: { settings: { 'difyCompanion.network.caCertificates': [file] } } };
}

describe('What goes wrong below HTTP', () => {
  const trials = [
    ...oneSided,
    ...causes.flatMap((cause) => (['editor', 'direct'] as const).map((transport) => ({ ...cause, transport }))),
  ].flatMap((cause) => [...nodes].map(([version, node]) => ({ ...cause, version, node })));
  const outcomes = new Map<object, Promise<Outcome>>();
  let world: World;

  before(async () => {
    world = await openWorld();
    const folder = path.dirname(world.certificates.file);
    await writeFile(path.join(folder, 'words.pem'), '-----BEGIN CERTIFICATE-----\nwords\n-----END CERTIFICATE-----\n');
    // The slowest is the last.
    for (const trial of trials.toReversed()) {
      const outcome = tryIt(trial.node, trial.transport, trial.on(world));
      outcome.catch(() => {
        // The test that waits for it tells.
      });
      outcomes.set(trial, outcome);
    }
  });

  after(() => world.close());

  for (const trial of trials) {
    const { version, transport, name, said, remedy, on } = trial;
    it(`${version}, ${transport}: ${name}`, async () => {
      const outcome = await outcomes.get(trial);
      const { baseUrl, world: computer } = on(world);
      const proxy = computer.settings['http.proxy'];
      const ports: Readonly<Record<string, string | number>> = {
        ...world.lab.ports,
        port: new URL(baseUrl).port,
        proxy: typeof proxy === 'string' ? new URL(proxy).port : '',
        folder: path.dirname(world.certificates.file),
      };
      const expected = (typeof said === 'string' ? said : said[transport]).replaceAll(/\{(\w+)\}/g, (_, key: string) =>
        String(ports[key]),
      );

      assert.equal(outcome?.said, expected);
      assert.equal(outcome.remedy, typeof remedy === 'string' ? remedy : remedy[transport]);
      assert.doesNotMatch(outcome.result, /LEAK/);
    });
  }
});
