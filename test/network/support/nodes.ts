import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** The Nodes to try, by version: the test run says which (`TEST_NODES`), else the one that runs this. */
export const nodes: ReadonlyMap<string, string> = new Map(
  (process.env['TEST_NODES'] ?? process.execPath)
    .split(path.delimiter)
    .map((node) => [execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(), node]),
);
