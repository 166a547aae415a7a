import { fenced } from '../../conversation/fence.ts';
import type { Place } from '../remote.ts';
import type { Transport } from '../transport.ts';
import { reachOf } from './reach.ts';

/** All that a bug report says. */
export interface DiagnosticFacts {
  readonly extension: string;
  /** Version and name, like `1.105.0, Visual Studio Code`. */
  readonly editor: string;
  readonly node: string;
  /** Like `linux x64`. */
  readonly platform: string;
  readonly place: Place;
  readonly trusted: boolean;
  readonly language: string;
  readonly transport: Transport;
  readonly settings: readonly SettingFact[];
  /** Names of the variables that are set and have a say in the network. */
  readonly variables: readonly string[];
  readonly apps: readonly AppFact[];
  /** The end user that Dify knows this installation by. */
  readonly user: string;
  readonly conversationFiles: number;
  /** The last lines of the log, redacted. */
  readonly log: readonly string[];
}

/** A setting that the person changed. */
export interface SettingFact {
  readonly name: string;
  readonly value: unknown;
  /** How much of the value is told: all of a choice, the length of a list, host and port of an address. */
  readonly tells: 'choice' | 'count' | 'address' | 'nothing';
}

export interface AppFact {
  readonly name: string;
  readonly mode: string;
  readonly version: string;
  readonly baseUrl: string;
  /** How its last call went. */
  readonly health: { readonly state: string; readonly reason: string };
}

/**
 * The facts as Markdown, in English: for whoever looks into a bug. What is copied names hosts, apps and the user, for the person sees it
 * before they give it to anybody; what goes into an issue, which everybody reads, does not, and has no log.
 */
export function reportOf(facts: DiagnosticFacts, reader: 'person' | 'everybody'): string {
  const named = reader === 'person';
  const sections = [
    ['Dify Companion: diagnostics', environmentOf(facts)],
    ['Network', networkOf(facts, named)],
    ['Apps', facts.apps.length === 0 ? ['- none'] : facts.apps.map((app) => lineOf(app, named))],
    ['Kept', keptOf(facts, named)],
  ] as const;
  const text = sections.map(([title, lines]) => `### ${title}\n\n${lines.join('\n')}\n`);
  return [...text, ...(named ? [`### Log\n\n${fenced(facts.log.join('\n'), 'text')}\n`] : [])].join('\n');
}

function environmentOf(facts: DiagnosticFacts): readonly string[] {
  const { remoteName, runsThere, inBrowser } = facts.place;
  const where = runsThere ? 'on the remote computer' : 'beside the window';
  const remote = remoteName === undefined ? 'no' : `${kindOf(remoteName)}, the extension runs ${where}`;
  return [
    `- Extension: ${facts.extension}`,
    `- VS Code: ${facts.editor}, ${inBrowser ? 'browser' : 'desktop'}, ${facts.language}`,
    `- Node: ${facts.node}, ${facts.platform}`,
    `- Remote window: ${remote}`,
    `- Workspace: ${facts.trusted ? 'trusted' : 'not trusted'}`,
  ];
}

/** A browser's window is called by its server's address, which is nobody's business. */
function kindOf(remoteName: string): string {
  return /^[a-z][a-z-]*$/.test(remoteName) ? remoteName : 'a server';
}

function networkOf({ transport, settings, variables }: DiagnosticFacts, named: boolean): readonly string[] {
  return [
    `- Transport in use: ${transport}`,
    ...settings.map((setting) => `- \`${setting.name}\`: ${shown(setting, named)}`),
    `- Environment: ${variables.length === 0 ? 'nothing set' : `${variables.join(', ')} set`}`,
  ];
}

/** As much of the value as the setting tells; whatever is not what it should be is only said to be there. */
function shown({ value, tells }: SettingFact, named: boolean): string {
  switch (tells) {
    case 'choice':
      return typeof value === 'boolean' || (typeof value === 'string' && /^[a-z]{1,16}$/i.test(value))
        ? String(value)
        : 'set';
    case 'count':
      return Array.isArray(value) ? `${value.length} of them` : 'set';
    case 'address': {
      const url = typeof value === 'string' ? URL.parse(value) : null;
      return named && url !== null && url.host !== '' ? inline(`${url.protocol}//${url.host}`) : 'set';
    }
    case 'nothing':
      return 'set';
  }
}

function lineOf({ name, mode, version, baseUrl, health }: AppFact, named: boolean): string {
  const url = new URL(baseUrl);
  const address = named
    ? inline(`${url.origin}${url.pathname}`)
    : `${url.protocol}//…${url.pathname === '/v1' ? '/v1' : '/…'}`;
  const about = [inline(mode), `Dify ${inline(version || 'unknown')}`, `${address} (${reachOf(url)})`];
  return `- ${[...(named ? [inline(name)] : []), ...about, healthOf(health, named)].join(', ')}`;
}

/** Its state; the reason is a sentence that may name the host. */
function healthOf({ state, reason }: AppFact['health'], named: boolean): string {
  return named && reason !== '' ? `${state}: ${inline(reason)}` : state;
}

function keptOf({ user, conversationFiles }: DiagnosticFacts, named: boolean): readonly string[] {
  const conversations = `- Conversations and results on this computer, for this workspace: ${conversationFiles}`;
  return named ? [conversations, `- User: ${inline(user)}`] : [conversations];
}

/** As code, which Markdown leaves alone. */
function inline(text: string): string {
  return `\`${text.replaceAll(/\s+/g, ' ').replaceAll('`', "'")}\``;
}
