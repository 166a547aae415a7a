import { commands, env, version, window, workspace, type Disposable, type Extension } from 'vscode';
import { isFields } from '../../dify/json.ts';
import type { Apps } from '../apps.ts';
import type { Register } from '../commands.ts';
import type { ConversationFiles } from '../conversationFiles.ts';
import type { Health } from '../health.ts';
import type { Log } from '../log.ts';
import type { OnDemand } from '../onDemand.ts';
import { placeOf } from '../place.ts';
import { machineSetting } from '../settings.ts';
import type { Transports } from '../transport.ts';
import { t } from '../words.ts';
import { reportOf, type DiagnosticFacts, type SettingFact } from './report.ts';

/** What the diagnostics look at. */
export interface DiagnosticPorts {
  readonly extension: Extension<unknown>;
  readonly apps: Apps;
  /** How the app's last call went. */
  readonly health: Health;
  readonly transports: Pick<Transports, 'current'>;
  readonly files: OnDemand<Pick<ConversationFiles, 'count'>>;
  readonly log: Log;
}

/** Registers what helps when something does not work: the log, and two reports. */
export function registerDiagnostics(register: Register, ports: DiagnosticPorts): readonly Disposable[] {
  return [
    register('difyCompanion.diagnostics.showLog', () => ports.log.show()),
    register('difyCompanion.diagnostics.copy', () => copy(ports)),
    register('difyCompanion.diagnostics.reportIssue', () => reportIssue(ports)),
  ];
}

async function copy(ports: DiagnosticPorts): Promise<void> {
  const content = ports.log.redact(reportOf(await gather(ports), 'person'));
  await env.clipboard.writeText(content);
  await tell(t('Copied. Nothing in it opens anything.'), content);
}

/** Opens VS Code's own form with the report in it; where there is none, copies the report. */
async function reportIssue(ports: DiagnosticPorts): Promise<void> {
  const issueBody = ports.log.redact(reportOf(await gather(ports), 'everybody'));
  try {
    await commands.executeCommand('workbench.action.openIssueReporter', { extensionId: ports.extension.id, issueBody });
  } catch (error) {
    ports.log.warn('The issue reporter did not open', error);
    await env.clipboard.writeText(issueBody);
    await tell(t('The issue reporter did not open. The report is copied.'), issueBody);
  }
}

async function tell(message: string, content: string): Promise<void> {
  const show = t('Show It');
  if ((await window.showInformationMessage(message, show)) !== show) return;
  await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content }));
}

async function gather({ extension, apps, health, transports, files, log }: DiagnosticPorts): Promise<DiagnosticFacts> {
  const manifest: unknown = extension.packageJSON;
  return {
    extension: isFields(manifest) ? String(manifest['version']) : '',
    editor: `${version}, ${env.appName}`,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    place: placeOf(extension),
    trusted: workspace.isTrusted,
    language: env.language,
    transport: transports.current(),
    settings: settings.flatMap(factOf),
    variables: variables.filter((name) => (process.env[name] ?? '') !== ''),
    apps: apps.list().map((app) => ({ ...app, health: health.of(app) })),
    user: await apps.user(),
    conversationFiles: await (await files.get()).count(),
    log: log.recent(50),
  };
}

/** The settings that decide which way a request goes, and how much of each is told. */
const settings = [
  ['http', 'proxy', 'address'],
  ['http', 'proxySupport', 'choice'],
  ['http', 'proxyAuthorization', 'nothing'],
  ['http', 'proxyKerberosServicePrincipal', 'nothing'],
  ['http', 'proxyStrictSSL', 'choice'],
  ['http', 'noProxy', 'count'],
  ['http', 'systemCertificates', 'choice'],
  ['http', 'fetchAdditionalSupport', 'choice'],
  ['http', 'useLocalProxyConfiguration', 'choice'],
  ['difyCompanion.network', 'transport', 'choice'],
  ['difyCompanion.network', 'caCertificates', 'count'],
] as const;

const variables = [
  'HTTP_PROXY',
  'http_proxy',
  'HTTPS_PROXY',
  'https_proxy',
  'ALL_PROXY',
  'NO_PROXY',
  'no_proxy',
].concat(['NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA', 'SSL_CERT_FILE']);

/** The setting, if the person changed it. */
function factOf([section, name, tells]: (typeof settings)[number]): readonly SettingFact[] {
  const value = machineSetting(section, name);
  const { defaultValue } = workspace.getConfiguration(section).inspect<unknown>(name) ?? {};
  const changed = value !== undefined && JSON.stringify(value) !== JSON.stringify(defaultValue);
  return changed ? [{ name: `${section}.${name}`, value, tells }] : [];
}
