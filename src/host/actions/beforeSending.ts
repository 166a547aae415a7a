import { window, workspace, type Memento } from 'vscode';
import { isFields, type Fields } from '../../dify/json.ts';
import { hostOf, isDemo, originOf, type App } from '../app.ts';
import { t } from '../words.ts';
import { secretFile, secretsInText, type FoundSecret } from '../source/foundSecrets.ts';
import { meansSecrets } from '../source/secretsAsked.ts';
import type { Source } from '../source/source.ts';

const notedKey = 'notedOrigins';

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
    if (!(await meansSecrets(found, this.#app))) return false;
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

function sensitiveFiles({ uri, attached }: Source): readonly FoundSecret[] {
  return [uri, ...attached].flatMap(({ path }) => secretFile(path));
}

function secretsIn(inputs: readonly Fields[], source: Source): readonly FoundSecret[] {
  const values = inputs.flatMap((record) =>
    Object.entries(record).flatMap(([name, value]) => textsIn(value).map((text) => ({ name, text }))),
  );
  const document = workspace.textDocuments.find((open) => open.uri.toString() === source.uri.toString());
  const whole = document?.getText() ?? '';
  return values.flatMap(({ name, text }) =>
    secretsInText(text, (start, secret) => {
      const at = whole.indexOf(secret);
      // Where the document has it: there a person would look for it, whatever it was put into.
      const inDocument = at < 0 ? undefined : document?.positionAt(at);
      return inDocument !== undefined
        ? { file: source.file, n: inDocument.line + 1 }
        : { file: name, n: text.slice(0, start).split('\n').length };
    }),
  );
}

/** Every text in a value, however deep. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isFields(value) ? Object.values(value).flatMap(textsIn) : [];
}
