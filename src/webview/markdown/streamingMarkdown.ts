import type { Token } from 'markdown-it';
import { BlockGroups } from './blockGroups.ts';
import { FenceGrowth } from './fenceGrowth.ts';
import type { Growth, Progress } from './growth.ts';
import { ListGrowth } from './listGrowth.ts';
import { type Parsed, parseBlocks } from './parser.ts';
import { renderBlocks } from './renderBlocks.ts';
import { lineOf, lineOffset, settle, topLevel } from './settle.ts';
import { TableGrowth } from './tableGrowth.ts';

/** A list or table shorter than this is cheap enough to be parsed whole. */
const longBlock = 600;
/** What is parsed again with each step, if longer than this, waits until it has grown by a 32nd: else a long paragraph costs its square. */
const patientFrom = 8192;

/**
 * Shows Markdown that grows. What no further text can change is left alone; only the last block is parsed again, and long ones of a
 * kind that allows it not even that. At the end the elements are those of the whole text rendered at once.
 */
export class StreamingMarkdown {
  readonly #groups: BlockGroups;
  /** The text that was handed in, and how much of it went on. */
  #received = '';
  #taken = 0;
  #ended = false;
  /** The text with uniform line ends, and how much of it is settled. */
  #source = '';
  #settled = 0;
  /** Blocks that are rendered anew with each step: those of the open text, or what follows a growing block. */
  #tail: HTMLElement[] = [];
  #growth: Growth | undefined;
  /** Text that waits for its step. */
  #waiting = '';
  /** Whether the text defines link addresses, which may change blocks before them. */
  #defines = false;

  /** @param root an empty element */
  constructor(root: HTMLElement) {
    this.#groups = new BlockGroups(root);
  }

  /** Shows `text`: the whole of it so far. `ended`: it is complete. */
  update(text: string, ended: boolean): void {
    if (this.#ended && text === this.#received) return;
    if (this.#ended || !text.startsWith(this.#received)) this.#reset();
    this.#received = text;
    this.#ended = ended;
    const fresh = ended ? text.slice(this.#taken) : withoutCutEnd(text.slice(this.#taken));
    this.#taken += fresh.length;
    this.#waiting += fresh.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
    if (ended) this.#finish();
    else if (this.#isDue()) this.#step();
  }

  #isDue(): boolean {
    const open = this.#growth?.open ?? this.#source.length - this.#settled;
    return this.#waiting !== '' && (open < patientFrom || this.#waiting.length > open / 32);
  }

  #step(): void {
    const fresh = this.#takeWaiting();
    if (this.#growth === undefined) this.#parseOpenText();
    else this.#afterGrowth(this.#growth.append(fresh));
  }

  #takeWaiting(): string {
    const fresh = this.#waiting;
    this.#waiting = '';
    this.#source += fresh;
    return fresh;
  }

  #afterGrowth({ after, over }: Progress): void {
    if (over) {
      this.#growth = undefined;
      this.#settled = this.#source.length - after.length;
      this.#parseOpenText();
    } else {
      const { tokens, env } = this.#parse(after);
      this.#showTail(renderBlocks(tokens, env));
    }
  }

  #parseOpenText(): void {
    const text = this.#source.slice(this.#settled);
    const { tokens, env } = this.#parse(text);
    const { settled, open, offset } = settle(text, tokens);
    this.#showTail([]);
    this.#groups.place(renderBlocks(settled, env));
    this.#settled += offset;
    this.#showTail(renderBlocks(open, env));
    if (topLevel(open).length === 1) this.#letGrow(text.slice(lineOffset(text, lineOf(open[0]))), open[0]);
  }

  /** Goes on with the only open block, whose text this is, in its own way, if its kind has one. */
  #letGrow(text: string, first: Token | undefined): void {
    const [block] = this.#tail;
    if (first === undefined || block === undefined) return;
    if (first.type === 'fence') {
      const fence = FenceGrowth.of(text);
      if (fence === undefined) return;
      this.#showTail([]);
      this.#groups.place([fence.growth.element]);
      this.#growth = fence.growth;
      this.#afterGrowth(fence.growth.append(fence.rest));
    } else if (text.length > longBlock) {
      this.#growth = longGrowth(first, text, block, this.#parse);
      if (this.#growth !== undefined) this.#tail = [];
    }
  }

  #finish(): void {
    const fresh = this.#takeWaiting();
    if (this.#growth !== undefined) {
      const { after, over } = this.#growth.append(fresh);
      const rest = over ? after : this.#growth.finish();
      this.#growth = undefined;
      this.#settled = this.#source.length - rest.length;
    }
    const { tokens, env } = this.#parse(this.#source.slice(this.#settled));
    if (this.#defines && this.#settled > 0) this.#renderWhole();
    else this.#showTail(renderBlocks(tokens, env));
  }

  #renderWhole(): void {
    const { tokens, env } = parseBlocks(this.#source);
    this.#groups.clear();
    this.#tail = [];
    this.#showTail(renderBlocks(tokens, env));
  }

  #showTail(blocks: HTMLElement[]): void {
    this.#groups.remove(this.#tail);
    this.#groups.place(blocks);
    this.#tail = blocks;
  }

  readonly #parse = (text: string): Parsed => {
    const parsed = parseBlocks(text);
    this.#defines ||= parsed.env.references !== undefined;
    return parsed;
  };

  #reset(): void {
    this.#groups.clear();
    this.#received = '';
    this.#taken = 0;
    this.#source = '';
    this.#settled = 0;
    this.#tail = [];
    this.#growth = undefined;
    this.#waiting = '';
    this.#defines = false;
  }
}

function longGrowth(
  first: Token,
  text: string,
  block: HTMLElement,
  parse: (text: string) => Parsed,
): Growth | undefined {
  const isList = first.type === 'bullet_list_open' || first.type === 'ordered_list_open';
  if (isList && block.children.length > 2) return new ListGrowth(text, block, parse);
  if (first.type === 'table_open' && block.querySelector('tbody') !== null) return new TableGrowth(text, block, parse);
  return undefined;
}

/** A text without a carriage return or half a character at its end, whose other half is still to come. */
function withoutCutEnd(text: string): string {
  return /[\r\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}
