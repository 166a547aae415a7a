import { cp } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { runTests } from '@vscode/test-electron';
import { bundleSuite } from '../integration/bundle.ts';
import { receiveReport, reportPort } from '../integration/report.ts';
import { offerDify } from '../support/difyForTests.ts';
import { temporaryFolder } from '../vscode/ending.ts';
import { root } from '../vscode/paths.ts';
import { changeSettings, quietSettings } from '../vscode/settings.ts';
import { type Host, integrationHost } from './host.ts';
import type { Stage } from './program.ts';
import type { StageRun } from './stageRun.ts';
import { oneFailed, oneSkipped, sum, type Tally } from './tally.ts';

/** The tests in `test/integration`, run inside the extension host of a real VS Code. They need `dist`. */
export function integration(grep = ''): Stage {
  return {
    title: 'Integration tests',
    run: async (within) => {
      const host = await integrationHost(within.log);
      if (host.type === 'none') {
        within.log(`Skipped: ${host.reason}.`);
        return oneSkipped;
      }
      const dify = await offerDify();
      const work = await temporaryFolder('integration');
      try {
        const env = { ...dify.env, TEST_GREP: grep, TEST_HOST: host.name };
        return await within.job(() => runIn(host, work.path, env, within.log));
      } finally {
        await dify.close();
        await work.remove();
      }
    },
  };
}

async function runIn(
  host: Extract<Host, { type: 'vscode' }>,
  work: string,
  env: Readonly<Record<string, string>>,
  log: StageRun['log'],
): Promise<Tally> {
  const userData = path.join(work, 'user-data');
  const workspace = path.join(work, 'workspace');
  await cp(path.join(root, 'test/sample-workspace'), workspace, { recursive: true });
  await changeSettings(userData, quietSettings);
  const report = await receiveReport(log);
  const hostWords = hostLog();
  const passed = await runTests({
    vscodeExecutablePath: host.executable,
    extensionDevelopmentPath: root,
    extensionTestsPath: await bundleSuite(),
    launchArgs: [workspace, `--user-data-dir=${userData}`, `--extensions-dir=${path.join(work, 'extensions')}`],
    extensionTestsEnv: {
      ...env,
      [reportPort]: String(report.port),
      // The launcher is a script that asks for `node`, and what the person at this machine uses Dify for is no business of tests.
      PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH']}`,
      DIFY_BASE_URL: undefined,
      DIFY_API_KEY: undefined,
      DIFY_API_KEYS: undefined,
    },
    stdout: hostWords.stream,
    stderr: hostWords.stream,
  }).then(
    () => true,
    () => false,
  );
  report.close();
  const tally = report.tally();
  if (report.ended() && passed === (tally.failed === 0)) {
    return tally;
  }
  const what = report.ended() ? 'unlike its tests' : 'before its tests did';
  log(`VS Code ended ${what}. The end of its log:\n${hostWords.tail()}`);
  return sum([tally, oneFailed]);
}

/** Keeps what the host writes, to be shown only if it dies: it is chatty. */
function hostLog(): { readonly stream: NodeJS.WritableStream; tail(): string } {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk) => (text = (text + String(chunk)).slice(-65_536)));
  return { stream, tail: () => text.split('\n').filter(isTelling).slice(-40).map(brief).join('\n') };
}

/** Stacks in VS Code's own code, and its search for parts it runs without, say nothing. */
function isTelling(line: string): boolean {
  return !/^\s+at .*(\.vscode-test|\/static\/|node:internal)|^ → |\[AgentHost\]|bindings file/.test(line);
}

function brief(line: string): string {
  return line.length > 300 ? `${line.slice(0, 300)} …` : line;
}
