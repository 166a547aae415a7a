import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Shown, WindowTask } from './windowTask.ts';

/** A window in a process of its own, and all that it showed. */
export class Life {
  readonly shown: Shown[] = [];
  /** What went wrong, in its own words. */
  complaints = '';
  readonly #process: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #lines: Interface;
  readonly #read: Promise<unknown>;

  constructor(script: string, task: WindowTask) {
    this.#process = spawn(process.execPath, [script, JSON.stringify(task)], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#exited = once(this.#process, 'exit');
    this.#process.stderr?.on('data', (piece: Buffer) => (this.complaints += piece.toString()));
    if (this.#process.stdout === null) throw new Error('Nothing is heard of the window');
    this.#lines = createInterface(this.#process.stdout);
    this.#read = once(this.#lines, 'close');
    this.#lines.on('line', (line) => this.#hear(line));
  }

  /** The first thing is shown. */
  async begun(): Promise<void> {
    if (this.shown.length > 0) return;
    await Promise.race([once(this.#lines, 'line'), this.#read]);
  }

  /** Lets it begin. */
  go(): void {
    this.#process.stdin?.end('go\n');
  }

  /** Kills it at this very moment. @returns when that was, in milliseconds since 1970 */
  async kill(): Promise<number> {
    const at = Date.now();
    this.#process.kill('SIGKILL');
    await this.ended();
    return at;
  }

  /** Ended by itself. @returns its exit code */
  async ended(): Promise<number | null> {
    await Promise.all([this.#read, this.#exited]);
    return this.#process.exitCode;
  }

  #hear(line: string): void {
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The window writes it so.
      this.shown.push(JSON.parse(line) as Shown);
    } catch {
      // Killed in the middle of the line.
    }
  }
}
