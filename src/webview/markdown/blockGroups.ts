import { element } from './dom.ts';

/** Blocks in one group. The browser skips groups out of sight, so the cost of a change does not grow with the answer. */
const blocksPerGroup = 32;

/** The blocks of an answer in groups, the same ones whether they came at once or one by one. */
export class BlockGroups {
  readonly #root: HTMLElement;
  #count = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** Adds blocks at the end. */
  place(blocks: readonly HTMLElement[]): void {
    for (const block of blocks) {
      if (this.#count % blocksPerGroup === 0) this.#root.append(element('div', 'md-group'));
      this.#root.lastElementChild?.append(block);
      this.#count++;
    }
  }

  /** Takes blocks away from the end. */
  remove(blocks: readonly HTMLElement[]): void {
    for (const block of blocks.toReversed()) {
      block.remove();
      this.#count--;
      if (this.#count % blocksPerGroup === 0) this.#root.lastElementChild?.remove();
    }
  }

  clear(): void {
    this.#root.replaceChildren();
    this.#count = 0;
  }
}
