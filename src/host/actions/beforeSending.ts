import { window, workspace, type Memento } from 'vscode';
import { findSecrets, type SecretKind } from '../../conversation/secrets.ts';
import { isSensitiveFile } from '../../conversation/sensitiveFile.ts';
import { isFields, type Fields } from '../../dify/json.ts';
import { hostOf, isDemo, originOf, type App } from '../app.ts';
import { t } from '../words.ts';
import { nameOf } from '../source/placeOf.ts';
import type { Source } from '../source/source.ts';

const notedKey = 'notedOrigins';

/** So many places are named; the rest is counted. */
const named = 8;

/** So many secrets of one text are told apart; nobody reads on. */
const most = 200;

/**
 * Stands between an action and its first byte on the network: tells once for each server what goes there, and each time where something
 * looks like a secret. What goes to the demo never leaves this computer, and is not looked at.
 */
export class BeforeSending {
  readonly #app: App;
  readonly #source: Source;
  readonly #everywhere: Memento;
  /** The person said of these that they may be sent. */
  readonly #passed = new Set<string>();

  /** @param everywhere remembers of which servers the person was told */
  constructor(app: App, source: Source, everywhere: Memento) {
    this.#app = app;
    this.#source = source;
    this.#everywhere = everywhere;
  }

  /**
   * Whether the person lets it go. May be asked again with more than before, then about the rest only.
   *
   * @param inputs all that is to be sent, one record of it for each part
   */
  async may(inputs: readonly Fields[]): Promise<boolean> {
    return (await this.mayGoThere(inputs)) && (await this.#meansIt(inputs));
  }

  /** The same for what the person sent before: the app may have another address now. */
  async mayGoThere(inputs: readonly Fields[]): Promise<boolean> {
    if (isDemo(this.#app)) return true;
    const origin = originOf(this.#app);
    const stored = this.#everywhere.get<unknown>(notedKey);
    const noted: readonly unknown[] = Array.isArray(stored) ? stored : [];
    if (noted.includes(origin)) return true;
    const send = t('Send');
    const question = t('Send this to {host}?', { host: hostOf(this.#app) });
    const detail = contentsOf(this.#app, this.#source, inputs);
    if ((await window.showInformationMessage(question, { modal: true, detail }, send)) !== send) return false;
    await this.#everywhere.update(notedKey, [...noted, origin]);
    return true;
  }

  async #meansIt(inputs: readonly Fields[]): Promise<boolean> {
    if (isDemo(this.#app)) return true;
    const found = [...sensitiveFiles(this.#source), ...secretsIn(inputs, this.#source)].filter(
      ({ text }) => !this.#passed.has(text),
    );
    if (found.length === 0) return true;
    const places = [...new Set(found.map(({ place }) => place))];
    const more = places.length > named ? [t('{n} more', { n: places.length - named })] : [];
    const detail = [...places.slice(0, named), ...more].join('\n');
    const send = t('Send Anyway');
    const question = t('Send what looks like a secret to {host}?', { host: hostOf(this.#app) });
    if ((await window.showWarningMessage(question, { modal: true, detail }, send)) !== send) return false;
    for (const { text } of found) this.#passed.add(text);
    return true;
  }
}

/** All that a request sends as text, by the names that people know. */
export function fieldsOf({ inputs, query }: { readonly inputs: Fields; readonly query: string }): Fields {
  return { ...inputs, ...(query === '' ? {} : { [t('Question')]: query }) };
}

/** What is sent, and who may read it. */
function contentsOf(app: App, source: Source, inputs: readonly Fields[]): string {
  const fields = [...new Set(inputs.flatMap((record) => Object.keys(record)))];
  const rows = fields.map((name) => {
    const texts = inputs.flatMap((record) => textsIn(record[name]));
    return { name, n: texts.reduce((sum, text) => sum + text.length, 0) };
  });
  const sent = rows.filter(({ n }) => n > 0).map(({ name, n }) => `${name} (${t('{n} characters', { n })})`);
  return [
    source.attached.length > 0
      ? t('The file {file}', { file: source.place })
      : t('Text of {place}', { place: source.place }),
    ...(sent.length === 0 ? [] : [t('Inputs: {inputs}', { inputs: sent.join(', ') })]),
    t('App: {app}', { app: app.name }),
    '',
    t('The app’s owner can read it in Dify. You are asked once for each server.'),
  ].join('\n');
}

/** What was found, and where, for people: never the secret. */
interface Found {
  readonly text: string;
  readonly place: string;
}

function sensitiveFiles({ uri, attached }: Source): readonly Found[] {
  return [uri, ...attached]
    .filter(({ path }) => isSensitiveFile(path))
    .map((file) => ({ text: file.toString(), place: t('{file}: such a file holds secrets', { file: nameOf(file) }) }));
}

function secretsIn(inputs: readonly Fields[], source: Source): readonly Found[] {
  const values = inputs.flatMap((record) =>
    Object.entries(record).flatMap(([name, value]) => textsIn(value).map((text) => ({ name, text }))),
  );
  const document = workspace.textDocuments.find((open) => open.uri.toString() === source.uri.toString());
  const whole = document?.getText() ?? '';
  return values.flatMap(({ name, text }) =>
    findSecrets(text)
      .slice(0, most)
      .map(({ kind, start, end }) => {
        const secret = text.slice(start, end);
        const at = whole.indexOf(secret);
        // Where the document has it: there a person would look for it, whatever it was put into.
        const inDocument = at < 0 ? undefined : document?.positionAt(at);
        const place =
          inDocument !== undefined
            ? { file: source.file, n: inDocument.line + 1 }
            : { file: name, n: text.slice(0, start).split('\n').length };
        return { text: secret, place: t('{file}, line {n}: {kind}', { ...place, kind: kindOf(kind) }) };
      }),
  );
}

/** Every text in a value, however deep. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isFields(value) ? Object.values(value).flatMap(textsIn) : [];
}

function kindOf(kind: SecretKind): string {
  const names: Record<SecretKind, string> = {
    privateKey: t('a private key'),
    aws: t('a key of {service}', { service: 'AWS' }),
    github: t('a key of {service}', { service: 'GitHub' }),
    gitlab: t('a key of {service}', { service: 'GitLab' }),
    slack: t('a key of {service}', { service: 'Slack' }),
    google: t('a key of {service}', { service: 'Google' }),
    openai: t('a key of {service}', { service: 'OpenAI' }),
    dify: t('a key of {service}', { service: 'Dify' }),
    stripe: t('a key of {service}', { service: 'Stripe' }),
    npm: t('a key of {service}', { service: 'npm' }),
    jwt: t('a token'),
    bearer: t('a token'),
    address: t('a password in an address'),
    password: t('a password or key'),
  };
  return names[kind];
}
