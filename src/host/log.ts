import { window, type Disposable, type LogOutputChannel } from 'vscode';
import { redact } from '../dify/redact.ts';

/** The output channel "Dify": what was tried and how it ended, never a key and never the person's text. */
export class Log implements Disposable {
  readonly #channel: LogOutputChannel = window.createOutputChannel('Dify', { log: true });
  /** VS Code closes it before the last requests of a closing window have ended. */
  #closed = false;

  info(message: string): void {
    if (!this.#closed) this.#channel.info(redact(message));
  }

  /** @param what was being done, like a command's id */
  error(what: string, error: unknown): void {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (!this.#closed) this.#channel.error(redact(`${what}: ${stack}`));
  }

  show(): void {
    this.#channel.show();
  }

  dispose(): void {
    this.#closed = true;
    this.#channel.dispose();
  }
}
