// Starts one of our scripts: `node test/node.mjs <script.ts> [arguments]`. The scripts are TypeScript that Node runs as it is, which
// needs Node 22.19 or newer; npm installs Node 24 beside them, and that is taken where it is there.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const ownNode = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
const ownIsHere = [ownNode, `${ownNode}.exe`].find((file) => existsSync(file));
const recent = major > 22 || (major === 22 && minor >= 19);
const node = major === 24 ? process.execPath : (ownIsHere ?? (recent ? process.execPath : undefined));
if (node === undefined) {
  console.error(
    `This needs Node 22.19 or newer and runs on ${process.versions.node}. Run "npm ci" without --omit=optional: it brings Node 24 along.`,
  );
  process.exit(1);
}

const child = spawn(node, process.argv.slice(2), { stdio: 'inherit' });
// Ctrl+C reaches the whole process group, the other two only us. Either way the script ends in its own time, and we wait for it.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal));
}
// npm, told to end, ends the shell between us and itself, and of that nobody tells us.
const parent = process.ppid;
if (process.env['npm_lifecycle_event'] !== undefined) {
  setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 250).unref();
}
const codes = { SIGINT: 130, SIGTERM: 143, SIGKILL: 137 };
child.on('exit', (code, signal) => process.exit(code ?? codes[signal] ?? 1));
