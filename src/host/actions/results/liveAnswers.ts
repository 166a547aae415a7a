import type { Disposable } from 'vscode';
import type { ShownResult } from './shownResult.ts';
import type { Live } from '../../edits/followed.ts';

/** Writes the answers into the text while they come. */
export class LiveAnswers {
  readonly #shown: ShownResult;
  readonly #gaveUp: () => void;
  readonly #parts: readonly Live[];
  readonly #listening: readonly Disposable[];
  #isWritten = true;

  /** @param gaveUp called once, when a text cannot be written there, or not to its end: what came is to be shown elsewhere */
  constructor(shown: ShownResult, gaveUp: () => void) {
    this.#shown = shown;
    this.#gaveUp = gaveUp;
    this.#parts = shown.answer.parts.map((_, part) => shown.followed.live(part));
    this.#listening = this.#parts.map((live) => live.onDidGiveUp(() => this.#giveUp()));
  }

  write(part: number): void {
    const text = this.#textOf(part);
    if (text !== undefined) this.#parts[part]?.write(text);
  }

  /**
   * Nothing more comes. What the person stopped stays as far as it came: it can be undone. Where an answer broke off the text comes back,
   * and what came is shown elsewhere, with what went wrong.
   *
   * @returns whether the answers stand in the text; it may wait for the person, who is told why not
   */
  async finish(): Promise<boolean> {
    const isBroken = this.#parts.some((_, part) => !isMeant(this.#shown, part));
    if (isBroken) this.#giveUp();
    const ends = this.#parts.map((live, part) => live.finish(isBroken ? undefined : this.#textOf(part)));
    const areWritten = await Promise.all(ends).catch(() => [false]);
    for (const item of this.#listening) item.dispose();
    if (!areWritten.every(Boolean)) this.#giveUp();
    return this.#isWritten;
  }

  #giveUp(): void {
    if (!this.#isWritten) return;
    this.#isWritten = false;
    this.#gaveUp();
  }

  #textOf(part: number): string | undefined {
    return this.#shown.answer.parts[part]?.run.text || undefined;
  }
}

function isMeant({ answer }: ShownResult, part: number): boolean {
  const status = answer.parts[part]?.run.status.type;
  return status === 'done' || status === 'stopped';
}
