import { format } from 'node:util';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import { tallyOf } from '../stages/tallyReporter.ts';
import { openReport } from './report.ts';

/**
 * Runs mocha in the extension host; `load` loads the test files. Rejects if a test failed: VS Code makes that the exit code.
 * The environment says where the report goes (`TEST_REPORT_PORT`), what to run (`TEST_GREP`) and what to call the host (`TEST_HOST`).
 */
export async function runSuite(load: () => void): Promise<void> {
  const report = await openReport();
  report.line(`Host: ${process.env['TEST_HOST']}, VS Code ${vscode.version}, Node ${process.versions.node}`);
  Mocha.reporters.Base.consoleLog = (...values: unknown[]) => report.line(format(...values));
  const grep = process.env['TEST_GREP'];
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, color: false, ...(grep ? { grep } : {}) });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  load();
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      const verdict = failures === 0 ? resolve : () => reject(new Error(`${failures} tests failed.`));
      report.end().then(verdict, reject);
    });
    runner.on('test end', () => report.count(tallyOf(runner)));
    runner.on('end', () => report.count(tallyOf(runner)));
  });
}
