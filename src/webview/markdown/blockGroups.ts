import { element } from './dom.ts';

/** Blocks in one group, which the browser skips while it is out of sight; and groups in one section. */
const inOne = 32;

/**
 * The blocks of an answer in groups and sections, the same ones whether they came at once or one by one. What a change costs does not
 * grow with the answer: the browser looks at what is in sight, and at the neighbours of what changes on each level.
 */
export class BlockGroups {
  readonly #root: HTMLElement;
  readonly #groups: HTMLElement[] = [];
  #count = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /**
   * Puts blocks at the end, in the place of `old` ones that are there. A group that loses all of its blocks and gets others stays: each
   * new one makes the browser look at the whole page, for what it counts in lists.
   */
  replace(old: readonly HTMLElement[], blocks: readonly HTMLElement[]): void {
    const before = this.#count - old.length;
    for (const block of old) block.remove();
    for (const [index, block] of blocks.entries()) this.#group(before + index).append(block);
    this.#count = before + blocks.length;
    for (const empty of this.#groups.splice(Math.ceil(this.#count / inOne))) removeWithSection(empty);
  }

  clear(): void {
    this.#root.replaceChildren();
    this.#groups.length = 0;
    this.#count = 0;
  }

  /** The group that a block belongs into, by the number of those before it. */
  #group(index: number): Element {
    const existing = this.#groups[Math.floor(index / inOne)];
    if (existing !== undefined) return existing;
    const created = element('div', 'md-group');
    if (this.#groups.length % inOne === 0) this.#root.append(element('div', 'md-section', created));
    else this.#groups.at(-1)?.after(created);
    this.#groups.push(created);
    return created;
  }
}

function removeWithSection(group: HTMLElement): void {
  const section = group.parentElement;
  group.remove();
  if (section?.childElementCount === 0) section.remove();
}
