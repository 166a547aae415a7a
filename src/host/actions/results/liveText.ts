import type { Disposable } from 'vscode';
import type { ShownResult } from './shownResult.ts';
import type { Live } from '../edits/followed.ts';

/** Writes the answers into the text while they come. */
export class LiveText implements Disposable {
  readonly #shown: ShownResult;
  readonly #parts: readonly Live[];
  readonly #listening: readonly Disposable[];
  #gaveUp = false;

  /** @param gaveUp called once, when a text cannot be written there any more: what came is to be shown elsewhere */
  constructor(shown: ShownResult, gaveUp: () => void) {
    this.#shown = shown;
    this.#parts = shown.answer.parts.map((_, part) => shown.followed.live(part));
    this.#listening = this.#parts.map((live) =>
      live.onDidGiveUp(() => {
        if (this.#gaveUp) return;
        this.#gaveUp = true;
        gaveUp();
      }),
    );
  }

  /** Whether the answers stand in the text. */
  get isWritten(): boolean {
    return !this.#gaveUp;
  }

  write(part: number): void {
    const text = this.#textOf(part);
    if (text !== undefined) this.#parts[part]?.write(text);
  }

  /** What came stays, even if it is not all: it can be undone. */
  async finish(): Promise<void> {
    for (const [part, live] of this.#parts.entries()) {
      if (!(await live.finish(this.#textOf(part)))) this.#gaveUp = true;
    }
  }

  dispose(): void {
    for (const item of this.#listening) item.dispose();
  }

  #textOf(part: number): string | undefined {
    return this.#shown.answer.parts[part]?.run.text || undefined;
  }
}
