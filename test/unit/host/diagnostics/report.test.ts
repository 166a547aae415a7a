import assert from 'node:assert/strict';
import { reportOf, type DiagnosticFacts } from '../../../../src/host/diagnostics/report.ts';

const facts: DiagnosticFacts = {
  extension: '0.1.0',
  editor: '1.139.1, code-server',
  node: '24.1.0',
  platform: 'linux x64',
  place: { remoteName: 'ssh-remote', runsThere: false, inBrowser: false },
  trusted: false,
  language: 'ja',
  transport: 'editor',
  settings: [
    { name: 'http.proxy', value: 'http://ada:hunter22@proxy.corp:3128/x', tells: 'address' },
    { name: 'http.proxySupport', value: 'override', tells: 'choice' },
    { name: 'http.proxyAuthorization', value: 'hunter22', tells: 'nothing' },
    { name: 'http.proxyStrictSSL', value: false, tells: 'choice' },
    { name: 'difyCompanion.network.caCertificates', value: ['/home/ada/a.pem', '/home/ada/b.pem'], tells: 'count' },
  ],
  variables: ['HTTPS_PROXY'],
  apps: [
    {
      name: 'Payroll `x`\n# Title',
      mode: 'chat',
      version: '1.14.2',
      baseUrl: 'http://dify.corp:8080/secret-team/v1',
      health: { state: 'notReached', reason: 'Nothing answers at dify.corp.' },
    },
  ],
  user: 'vscode-1234',
  conversationFiles: 3,
  log: ['GET http://dify.corp:8080/v1/info: no answer', '```'],
};

describe('The diagnostics', () => {
  it('say to the person all that a look into the matter needs', () => {
    const report = reportOf(facts, 'person');

    for (const line of [
      '- Extension: 0.1.0',
      '- VS Code: 1.139.1, code-server, desktop, ja',
      '- Node: 24.1.0, linux x64',
      '- Remote window: ssh-remote, the extension runs beside the window',
      '- Workspace: not trusted',
      '- Transport in use: editor',
      '- `http.proxy`: `http://proxy.corp:3128`',
      '- `http.proxySupport`: override',
      '- `http.proxyAuthorization`: set',
      '- `http.proxyStrictSSL`: false',
      '- `difyCompanion.network.caCertificates`: 2 of them',
      '- Environment: HTTPS_PROXY set',
      "- `Payroll 'x' # Title`, `chat`, Dify `1.14.2`, `http://dify.corp:8080/secret-team/v1` (private), notReached: `Nothing answers at dify.corp.`",
      '- Conversations and results on this computer, for this workspace: 3',
      '- User: `vscode-1234`',
      'GET http://dify.corp:8080/v1/info: no answer',
    ]) {
      assert.ok(report.split('\n').includes(line), line);
    }
  });

  it('keep the log in one block, whatever stands in it', () => {
    assert.match(reportOf(facts, 'person'), /\n````text\n[^]*\n```\n````\n$/);
  });

  it('name to everybody no host, no app, no user and no log', () => {
    const report = reportOf({ ...facts, place: { ...facts.place, remoteName: 'dify.corp:8080' } }, 'everybody');

    assert.doesNotMatch(report, /corp|Payroll|vscode-1234|secret-team|GET/);
    assert.match(report, /- `chat`, Dify `1\.14\.2`, http:\/\/…\/… \(private\), notReached\n/);
    assert.match(report, /Remote window: a server, /);
  });

  it('tell no password, wherever it was put', () => {
    const odd = { name: 'http.proxySupport', value: 'hunter22', tells: 'choice' } as const;

    for (const reader of ['person', 'everybody'] as const) {
      assert.doesNotMatch(reportOf({ ...facts, settings: [...facts.settings, odd] }, reader), /hunter22|\/home\/ada/);
    }
  });
});
