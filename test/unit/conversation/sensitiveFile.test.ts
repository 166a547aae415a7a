import assert from 'node:assert/strict';
import { isSensitiveFile } from '../../../src/conversation/sensitiveFile.ts';

const sensitive = [
  '/app/.env',
  '/app/.env.production',
  '/app/.ENV',
  '/app/prod.env',
  '/etc/ssl/server.pem',
  '/etc/ssl/server.key',
  '/home/ada/.ssh/id_rsa',
  '/home/ada/.ssh/id_ed25519',
  '/home/ada/.npmrc',
  '/home/ada/.netrc',
  '/home/ada/.aws/credentials',
  '/home/ada/.kube/config',
  '/app/secrets.yaml',
  '/app/secrets.json',
  '/app/service-account-prod.json',
  'C:/keys/sign.pfx',
  '.env',
];

const harmless = [
  '/app/.env.example',
  '/app/.env.sample',
  '/app/environment.ts',
  '/app/id_map.ts',
  '/home/ada/.ssh/id_rsa.pub',
  '/app/keys.ts',
  '/app/keyboard.json',
  '/app/config',
  '/app/notes.md',
  '/app/secretsOfTheSea.md',
  '/app/.envoy/config.yaml',
];

describe('A file that holds secrets', () => {
  for (const path of sensitive) it(`is known by its name: ${path}`, () => assert.equal(isSensitiveFile(path), true));
  for (const path of harmless) it(`is not ${path}`, () => assert.equal(isSensitiveFile(path), false));
});
