import assert from 'node:assert/strict';
import { findSecrets } from '../../../src/conversation/secrets.ts';

/** With a mark inside, so that nothing here looks like a secret to those who search sources for them. */
const marked: readonly (readonly [kind: string, before: string, secret: string, after?: string])[] = [
  ['privateKey', '', `-----BEGIN RSA PRIVATE¦ KEY-----\nMIIEowIBAAKCAQEAy8Dbv8prpJ/0kKhlGeJYozo2t60EG8L0`],
  ['privateKey', '', `-----BEGIN OPENSSH PRIVATE¦ KEY-----\\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAA`],
  ['aws', 'id ', 'AKIA¦Q3EGRIT4WAYGK5LM', ' in the east'],
  ['github', 'token: ', 'ghp_¦Zk3m9Qw7RtYx2Vb8Nc5Ls1Df6Gh4Jp0Kz9Xa'],
  ['github', '', 'github_pat_¦11ABCDEFG0aBcDeFgHiJkL_mN0pQrStUvWxYz'],
  ['gitlab', '', 'glpat-¦xY3kLm9Qw7RtZb2Vc8Nd'],
  ['slack', '', 'xoxb-¦123456789012-abcdefGHIJKL'],
  ['google', 'key=', 'AIza¦SyD3k9Qw7RtYx2Vb8Nc5Ls1Df6Gh4Jp0KzA'],
  ['openai', 'OPENAI ', 'sk-¦proj-Zk3m9Qw7RtYx2Vb8Nc5Ls1Df6Gh4Jp0K'],
  ['dify', 'Authorization with ', 'app-¦Jk3mQ9wR7tYx2Vb8Nc5Ls1Df'],
  ['stripe', '', 'sk_live_¦4eC39HqLyjWDarjtT1zdp7dc'],
  ['npm', '', 'npm_¦Zk3m9Qw7RtYx2Vb8Nc5Ls1Df6Gh4Jp0Kz9Xa'],
  ['npm', '//npm.example.org/:_authToken=', '3f2a¦9c1d-77'],
  ['jwt', '', 'eyJhbGciOiJIUzI1NiJ9.¦eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N'],
  ['bearer', "curl -H 'X: Bearer ", 'q8Zr4Tn1¦Wx6Yb3Vc9Km5Lp2Q', "'"],
  ['address', 'postgres://boats:', 'tR4wl¦er!9', '@db.internal/boats'],
  ['password', 'const password = "', 'hUnt¦er2-Q9z', '";'],
  ['password', '{ "client_secret": "', 'q8Zr4¦Tn1Wx6Yb3Vc', '" }'],
  ['password', 'DB_PASSWORD=', 'q8Zr¦4Tn1Wx6Yb3', '\nHOST=db'],
  ['password', 'api_key: ', 'q8zr4tn1¦wx6yb3vc9k'],
  ['password', '密码：', 'Hafen¦-licht-2026'],
];

const harmless: readonly string[] = [
  'const password = process.env.DB_PASSWORD;',
  'password: string;',
  'token: Uint8Array',
  'readonly secret: BigUint64Array',
  'token = request.headers.token2\n',
  'password = "${DB_PASSWORD_1}"',
  'password = "your_password_1"',
  'API_KEY=<your-api-key-1>',
  'api_key: "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
  'Use a key like app-000000000000000000000000.',
  'class="app-navigationdrawercontents"',
  'AKIA¦IOSFODNN7EXAMPLE'.replace('¦', ''),
  'A PEM file begins with -----BEGIN PRIVATE KEY-----, then comes Base64.',
  '-----BEGIN PUBLIC KEY-----\nMIIEowIBAAKCAQEAy8Dbv8prpJ/0kKhlGeJYozo2t60EG8L0',
  'https://user:password@host.example/path'.replace('password', '<password>'),
  'see https://example.org:8080/a@b',
  'The password is the name of the boat. The token was lost.',
  'sha512-q8Zr4Tn1Wx6Yb3Vc9Km5Lp2Qq8Zr4Tn1Wx6Yb3Vc9Km5Lp2Q==',
  '0b7a3d4e-5f60-4718-92a3-b4c5d6e7f809',
  'inputToken = nextToken(); accessKey = keys[0];',
  'sk-fading-circle sk-circle12 .sk-cube-grid',
  'tokens: 1234567890123456',
  '"publicKeyToken": "b77a5c561934e089"'.replace('Token', 'Name'),
  '请输入密码：然后按回车。',
];

const real = marked.map((row) => row.map((text) => text?.replace('¦', '')));

describe('A secret in a text', () => {
  for (const [kind, before = '', secret = '', after = ''] of real) {
    it(`is found: ${kind} after “${before}”`, () => {
      const text = `one\ntwo ${before}${secret}${after}`;

      const found = findSecrets(text);

      assert.deepEqual(
        found.map((place) => [place.kind, text.slice(place.start, place.end)]),
        [[kind, secret]],
      );
    });
  }

  for (const text of harmless) {
    it(`is not seen in: ${text.slice(0, 60)}`, () => assert.deepEqual(findSecrets(text), []));
  }

  it('is told with all others, in the order of the text', () => {
    const text = real.map(([, before = '', secret = '', after = '']) => `${before}${secret}${after}`).join('\n\n');

    const found = findSecrets(text);

    assert.equal(found.length, real.length);
    assert.deepEqual(
      found,
      [...found].sort((one, other) => one.start - other.start),
    );
  });

  for (const piece of [
    'a',
    'password=',
    'eyJ',
    '-----BEGIN PRIVATE KEY-----',
    'x:y',
    'sk-',
    ' ',
    'token: a1',
    'token="a1B2c3D4e5F6g7H8"\n',
  ]) {
    it(`costs little time in a megabyte of “${piece}”`, () => {
      const text = piece.repeat(1_000_000 / piece.length);
      const begun = performance.now();

      findSecrets(text);

      assert.ok(performance.now() - begun < 2_000);
    });
  }
});
