// Starts one of our scripts: `node test/node.mjs <script.ts> [arguments]`. The scripts are TypeScript that Node runs as it is, which
// needs Node 22.19 or newer. npm puts the Node of our optional dependency `node` first on PATH, so usually we already run on it.
import { spawn } from 'node:child_process';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `This needs Node 22.19 or newer and runs on ${process.versions.node}. Run "npm ci" again without --omit=optional: it brings Node 24 along.`,
  );
  process.exit(1);
}
const child = spawn(process.execPath, process.argv.slice(2), { stdio: 'inherit' });
// Ctrl+C reaches the whole process group: the script ends in its own time, and we wait for it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
