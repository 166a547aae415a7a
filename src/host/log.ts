import { LogLevel, type Disposable, type LogOutputChannel } from 'vscode';
import { Redaction } from './redaction.ts';

/** How many lines a bug report can quote. */
const kept = 200;

/**
 * The output channel "Dify": what was tried and how it ended, never a key and never the person's text. In English, for whoever reads a bug
 * report. `trace`: what came, in numbers; `debug`: reads; `info`: what was sent for the person, and its outcome; `warn`: what failed and
 * was told elsewhere, or does no harm; `error`: what should not happen.
 */
export class Log implements Disposable {
  readonly #channel: LogOutputChannel;
  readonly #redaction = new Redaction();
  readonly #lines: string[] = [];
  /** VS Code closes it before the last requests of a closing window have ended. */
  #closed = false;

  constructor(channel: LogOutputChannel) {
    this.#channel = channel;
  }

  /** The secret is in no line from now on, whatever it looks like. */
  hide(secret: string): void {
    this.#redaction.hide(secret);
  }

  /** The text without secrets: for what leaves the editor by the person's hand. */
  redact(text: string): string {
    return this.#redaction.clean(text);
  }

  /** Whether the person wants to see every detail: counting costs a little. */
  get traces(): boolean {
    return this.#channel.logLevel === LogLevel.Trace;
  }

  trace(message: string): void {
    if (this.traces) this.#write('trace', message);
  }

  debug(message: string): void {
    this.#write('debug', message);
  }

  info(message: string): void {
    this.#write('info', message);
  }

  /** @param error what was thrown, if anything was */
  warn(message: string, error?: unknown): void {
    this.#write('warn', error === undefined ? message : `${message}: ${wordsOf(error)}`);
  }

  /** @param what was being done, like a command's id */
  error(what: string, error: unknown): void {
    this.#write('error', `${what}: ${(error instanceof Error ? error.stack : undefined) ?? wordsOf(error)}`);
  }

  /** The last lines, the newest last: redacted as they are in the channel, whatever its level is. */
  recent(most: number): readonly string[] {
    // Anew: a secret may have become known after the line was written.
    return this.#lines.slice(-most).map((line) => this.#redaction.clean(line));
  }

  /** Forgets what was written: it names servers and apps. */
  clear(): void {
    this.#lines.length = 0;
    this.#channel.clear();
  }

  show(): void {
    this.#channel.show();
  }

  dispose(): void {
    this.#closed = true;
    this.#channel.dispose();
  }

  #write(level: 'trace' | 'debug' | 'info' | 'warn' | 'error', message: string): void {
    const clean = this.#redaction.clean(message);
    this.#lines.push(`${new Date().toISOString()} [${level}] ${clean}`);
    if (this.#lines.length > kept) this.#lines.shift();
    if (!this.#closed) this.#channel[level](clean);
  }
}

function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
