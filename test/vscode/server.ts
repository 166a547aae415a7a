import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { CodeServer } from './install.ts';
import { installLanguage } from './language.ts';
import { startTree } from './processTree.ts';

/** Where a VS Code keeps its state. */
export interface Profile {
  readonly userData: string;
  readonly extensions: string;
}

export interface ServerOptions extends Profile {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly locale?: string | undefined;
  /** Variables the extension host sees too. */
  readonly env?: Readonly<Record<string, string>>;
  /** Lets the URL name an extension under development and its tests; VS Code then shows no notifications and no dialogs. */
  readonly underTest?: boolean;
  /** Whether workspaces have to be trusted, as they do where nobody says otherwise. */
  readonly trust?: boolean;
}

export interface RunningServer extends Profile {
  /** Like `http://127.0.0.1:40213`. */
  readonly url: string;
  readonly pid: number;
  readonly ended: Promise<void>;
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

/** Starts a VS Code server at 127.0.0.1 for this machine's user alone, with a profile of its own. */
export async function startServer(code: CodeServer, options: ServerOptions): Promise<RunningServer> {
  const { userData, extensions, locale } = options;
  if (locale !== undefined) {
    await installLanguage(userData, locale);
  }
  const args = [
    ...(await profileArguments(code, options)),
    ...quietly,
    ...(options.trust ? [] : ['--disable-workspace-trust']),
    '--bind-addr',
    `127.0.0.1:${options.port ?? 0}`,
    ...(locale === undefined ? [] : ['--locale', locale]),
    ...(options.underTest ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
  const tree = startTree(code.node, args, { ...ownEnvironment(), ...options.env });
  try {
    const ready = await tree.line(/HTTP server listening on http/, 60_000);
    const url = /http:\/\/[\d.]+:\d+/.exec(ready)?.[0];
    if (url === undefined) {
      throw new Error(`code-server did not say where it listens: ${ready}`);
    }
    return { userData, extensions, url, pid: tree.pid, ended: tree.ended, output: tree.output, stop: tree.stop };
  } catch (error) {
    await tree.stop();
    throw error;
  }
}

const quietly = [
  '--auth',
  'none',
  '--disable-telemetry',
  '--disable-update-check',
  '--disable-getting-started-override',
  '--ignore-last-opened',
];

/** Installs a packaged extension, over an older one if there is one. */
export async function installVsix(code: CodeServer, vsix: string, profile: Profile): Promise<void> {
  const args = [...(await profileArguments(code, profile)), '--install-extension', vsix, '--force'];
  const { stdout, stderr } = await promisify(execFile)(code.node, args, { env: ownEnvironment(), timeout: 120_000 });
  if (!stdout.includes('successfully installed')) {
    throw new Error(`VS Code did not install ${vsix}:\n${stdout}${stderr}`);
  }
}

async function profileArguments(code: CodeServer, { userData, extensions }: Profile): Promise<string[]> {
  await Promise.all([mkdir(userData, { recursive: true }), mkdir(extensions, { recursive: true })]);
  // Without one of its own it would write into the home folder.
  const config = path.join(userData, 'config.yaml');
  await writeFile(config, 'auth: none\n');
  return [code.entry, '--config', config, '--user-data-dir', userData, '--extensions-dir', extensions];
}

/** Our environment without what would steer code-server or VS Code, as in a terminal of VS Code. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const steering = /^(VSCODE_|CODE_SERVER_|ELECTRON_|DIFY_|PORT$|PASSWORD$|HASHED_PASSWORD$|NODE_OPTIONS$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !steering.test(name)));
}

/** The address of the workbench, with `folder` open, which may be a `.code-workspace` file; `payload` is what the command line says to a desktop VS Code. */
export function workbenchUrl(
  server: { readonly url: string },
  folder: string,
  payload: readonly (readonly [string, string])[] = [],
): string {
  const query = new URLSearchParams({ [folder.endsWith('.code-workspace') ? 'workspace' : 'folder']: folder });
  if (payload.length > 0) {
    query.set('payload', JSON.stringify(payload));
  }
  return `${server.url}/?${query.toString()}`;
}

/** How the workbench names a file on the server's machine. */
export function remoteUri(server: { readonly url: string }, file: string): string {
  return `vscode-remote://${new URL(server.url).host}${file}`;
}
