import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../vscode/paths.ts';

/** A folder that is deleted in the end, with the window as one script that starts quickly. */
export interface Workshop {
  readonly folder: string;
  readonly script: string;
  readonly remove: () => Promise<void>;
}

export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dify-crash-'));
  const script = path.join(folder, 'window.mjs');
  await build({
    entryPoints: [path.join(root, 'test/crash/window.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    logLevel: 'warning',
  });
  return { folder, script, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }) };
}
