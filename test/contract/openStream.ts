import { type StreamEvent, eventsOf } from '../support/eventStream.ts';
import type { Target } from './target.ts';

/** A stream that is being read. */
export class OpenStream {
  readonly response: Response;
  readonly #target: Target;
  readonly #leaving: AbortController;
  readonly #reader: ReadableStreamDefaultReader<string> | undefined;
  #text = '';

  constructor(response: Response, target: Target, leaving: AbortController) {
    this.response = response;
    this.#target = target;
    this.#leaving = leaving;
    this.#reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** What has been read, without a piece of an event at its end. */
  get wholeFrames(): string {
    const end = this.#text.lastIndexOf('\n\n');
    return end === -1 ? '' : this.#text.slice(0, end + 2);
  }

  /** Reads until there is an event of this name, and gives it. */
  async until(name: string): Promise<StreamEvent> {
    for (;;) {
      const found = eventsOf(this.wholeFrames).find(({ event }) => event === name);
      if (found !== undefined) return found;
      if (!(await this.#more())) throw new Error(`The stream ended without ${name}: ${excerpt(this.#text)}`);
    }
  }

  /** Reads until there is an event with the id of a task. */
  async task(): Promise<string> {
    for (;;) {
      const found = eventsOf(this.wholeFrames).find(({ task_id: id }) => typeof id === 'string')?.['task_id'];
      if (typeof found === 'string') return found;
      if (!(await this.#more())) throw new Error(`The stream ended without a task: ${excerpt(this.#text)}`);
    }
  }

  /** All of it. */
  async toEnd(): Promise<string> {
    while (await this.#more());
    return this.#text;
  }

  /** Closes the connection. */
  leave(): void {
    this.#leaving.abort();
  }

  async #more(): Promise<boolean> {
    if (this.#reader === undefined) return false;
    const { done, value } = await this.#target.during(this.#reader.read());
    this.#text += value ?? '';
    return !done;
  }
}

/** The beginning of what a server said, for a message. */
export function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 300 ? `${line.slice(0, 300)} …` : line;
}
