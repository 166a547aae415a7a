/** Goes through the earlier questions of the conversation, and back to what was typed before. */
export class Recall {
  readonly #questions: () => readonly string[];
  /** How far back; 0 for what was typed. */
  #back = 0;
  #shown = '';
  #typed = '';

  /** @param questions the oldest first */
  constructor(questions: () => readonly string[]) {
    this.#questions = questions;
  }

  /**
   * The text that takes the place of `text`, or `undefined` if the key is for the cursor: only an empty field recalls, or one that still
   * shows what was recalled.
   */
  step(direction: 'earlier' | 'later', text: string): string | undefined {
    if (this.#back === 0 || text !== this.#shown) this.#begin(text);
    if (this.#back === 0 && (text.trim() !== '' || direction === 'later')) return undefined;
    const all = this.#distinct();
    const back = this.#back + (direction === 'earlier' ? 1 : -1);
    const next = back === 0 ? this.#typed : all.at(-back);
    if (next === undefined) return undefined;
    this.#back = back;
    this.#shown = next;
    return next;
  }

  #begin(text: string): void {
    this.#back = 0;
    this.#typed = text;
  }

  /** Of the same question asked several times running, one. */
  #distinct(): readonly string[] {
    return this.#questions().filter((question, index, all) => question.trim() !== '' && question !== all[index + 1]);
  }
}
