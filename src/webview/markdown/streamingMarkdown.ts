import type { Token } from 'markdown-it';
import { BlockGroups } from './blockGroups.ts';
import { colourCodeIn } from './colouring.ts';
import { FenceGrowth } from './fenceGrowth.ts';
import type { Growth, Progress } from './growth.ts';
import { nestHeadings } from './headings.ts';
import { keepTouched } from './html/keepTouched.ts';
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
  /** Text that was added and waits for its step; line ends are uniform from here on. */
  #waiting = '';
  /** The end of the added text that cannot be understood without what follows. */
  #cut = '';
  /** The text from the first block on that is not settled; while a block grows, what it is made of is its own affair. */
  #open = '';
  /** All of the text. Read only if it must be rendered whole: reading joins its pieces. */
  #source = '';
  /** Whether anything is settled. */
  #hasSettled = false;
  /** Blocks that are rendered anew with each step: those of the open text, or what follows a growing block. */
  #tail: HTMLElement[] = [];
  #growth: Growth | undefined;
  /** Marks of the headings under which the tail lies. */
  #above: readonly number[] = [];
  /** Whether the text defines link addresses, which may change blocks before them. */
  #defines = false;
  #isGrowing = true;

  /** @param root an empty element */
  constructor(root: HTMLElement) {
    this.#groups = new BlockGroups(root);
  }

  /** More text, shown with the next step. */
  add(text: string): void {
    const whole = this.#cut + text;
    this.#cut = cutEnd(whole);
    const fresh = uniform(whole.slice(0, whole.length - this.#cut.length));
    this.#waiting += fresh;
    this.#source += fresh;
  }

  /** Shows what was added, or puts it off if a step would be dear and little was added. */
  show(): void {
    const dear = this.#growth?.open ?? this.#open.length;
    if (this.#waiting === '' || (dear >= patientFrom && this.#waiting.length < dear / 32)) return;
    const fresh = this.#takeWaiting();
    if (this.#growth === undefined) this.#parse(this.#open + fresh);
    else this.#afterGrowth(this.#growth.append(fresh));
  }

  /** No more text will come: shows all of it as it stays. */
  end(): void {
    this.#waiting += uniform(this.#cut);
    this.#source += uniform(this.#cut);
    this.#cut = '';
    this.#isGrowing = false;
    const fresh = this.#takeWaiting();
    const rest = this.#growth === undefined ? this.#open + fresh : endOf(this.#growth, fresh);
    this.#settleGrowth();
    const { tokens, env } = this.#read(rest);
    if (this.#defines && this.#hasSettled) this.#renderWhole();
    else this.#showTail(renderBlocks(tokens, env));
    this.#tail.forEach(colourCodeIn);
  }

  /** Forgets everything. */
  reset(): void {
    this.#groups.clear();
    this.#waiting = '';
    this.#cut = '';
    this.#open = '';
    this.#source = '';
    this.#hasSettled = false;
    this.#tail = [];
    this.#growth = undefined;
    this.#above = [];
    this.#defines = false;
    this.#isGrowing = true;
  }

  #takeWaiting(): string {
    const fresh = this.#waiting;
    this.#waiting = '';
    return fresh;
  }

  #afterGrowth({ after, over }: Progress): void {
    if (over) {
      this.#settleGrowth();
      this.#parse(after);
    } else {
      const { tokens, env } = this.#read(after);
      this.#showTail(renderBlocks(tokens, env));
    }
  }

  /** Parses the open text, and settles what of it no further text can change. */
  #parse(text: string): void {
    const { tokens, env } = this.#read(text);
    const { settled, open, offset } = settle(text, tokens);
    const blocks = renderBlocks(settled, env);
    this.#showTail(renderBlocks(open, env), blocks);
    blocks.forEach(colourCodeIn);
    this.#open = text.slice(offset);
    if (topLevel(open).length === 1) this.#letGrow(text.slice(lineOffset(text, lineOf(open[0]))), open[0]);
  }

  /** Goes on with the only open block, whose text this is, in its own way, if its kind has one. */
  #letGrow(text: string, first: Token | undefined): void {
    const [block] = this.#tail;
    if (first === undefined || block === undefined) return;
    const fence = first.type === 'fence' ? FenceGrowth.of(text) : undefined;
    if (fence !== undefined) {
      this.#showTail([], [fence.growth.element]);
      this.#grow(fence.growth);
      this.#afterGrowth(fence.growth.append(fence.rest));
    } else if (text.length > longBlock) {
      const growth = longGrowth(first, text, block, this.#read);
      if (growth === undefined) return;
      this.#tail = [];
      this.#grow(growth);
    }
  }

  #settleGrowth(): void {
    if (this.#growth !== undefined) colourCodeIn(this.#growth.element);
    this.#growth = undefined;
  }

  #grow(growth: Growth): void {
    this.#growth = growth;
    this.#open = '';
    this.#hasSettled = true;
  }

  #renderWhole(): void {
    const { tokens, env } = parseBlocks(this.#source);
    this.#groups.clear();
    this.#tail = [];
    this.#above = [];
    this.#showTail(renderBlocks(tokens, env));
  }

  /** @param settled blocks that go before the new tail and stay */
  #showTail(blocks: HTMLElement[], settled: readonly HTMLElement[] = []): void {
    const kept = keepTouched(this.#tail, [...settled, ...blocks]);
    this.#above = nestHeadings(kept.slice(0, settled.length), this.#above);
    const tail = kept.slice(settled.length);
    nestHeadings(tail, this.#above);
    this.#groups.replace(this.#tail, kept);
    this.#tail = tail;
    this.#hasSettled ||= settled.length > 0;
  }

  readonly #read = (text: string): Parsed => {
    const parsed = parseBlocks(text, this.#isGrowing);
    this.#defines ||= parsed.env.references !== undefined;
    return parsed;
  };
}

/** Ends a growing block. @returns the text behind it */
function endOf(growth: Growth, fresh: string): string {
  const { after, over } = growth.append(fresh);
  return over ? after : growth.finish();
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

/** A carriage return or half a character at the end of a text, whose other half is still to come. */
function cutEnd(text: string): string {
  return /[\r\uD800-\uDBFF]$/.exec(text)?.[0] ?? '';
}

function uniform(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
}
