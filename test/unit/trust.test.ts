import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../vscode/paths.ts';

/** What would weaken the verification of certificates, or change the network of other extensions. */
const forbidden = /rejectUnauthorized|NODE_TLS_|setDefaultCACertificates|setGlobalDispatcher|checkServerIdentity/;

describe('The trust in certificates', () => {
  it('is weakened nowhere, and nobody else’s is changed', async () => {
    const files = await Array.fromAsync(glob(['src/**/*.{ts,tsx,cts}', 'esbuild.mjs', 'package.json'], { cwd: root }));
    const sources = await Promise.all(
      files.map(async (file) => ({ file, source: await readFile(path.join(root, file), 'utf8') })),
    );

    assert.ok(files.length > 200);
    assert.deepEqual(
      sources.filter(({ source }) => forbidden.test(source)).map(({ file }) => file),
      [],
    );
  });
});
