import { allowedAddress } from '../../../conversation/links.ts';
import { readForm, type AnswerForm } from './form.ts';
import { tagAt, wordsOf, type Tag } from './tags.ts';

/** What Dify's own page makes of HTML in an answer, and this one too. All other HTML is text. */
export type HtmlBlock =
  | AnswerForm
  | { readonly type: 'buttons'; readonly buttons: readonly AnswerButton[] }
  /** Something to be heard or seen at an address. */
  | { readonly type: 'media'; readonly kind: 'audio' | 'video'; readonly address: string };

/** A button that asks, or opens an address. */
export interface AnswerButton {
  readonly label: string;
  readonly isPrimary: boolean;
  /** What it sends, to the letter; '' where it opens an address. */
  readonly message: string;
  /** Where it leads; '' where it asks. */
  readonly link: string;
}

/** How far a block goes in a text that begins with it. */
export interface Extent {
  /** Of what is whole; 0 if it is none of ours. */
  readonly length: number;
  /** Whether more text may still make a whole of what follows. */
  readonly isUnfinished: boolean;
}

/** The longest block, in characters: a longer one is text. */
export const longestBlock = 16_000;

/** The tags that such a block begins with. */
export const blockNames = ['form', 'button', 'audio', 'video'] as const;
export type BlockName = (typeof blockNames)[number];

/** How far the block goes that the text begins with. */
export function extentOf(name: BlockName, text: string): Extent {
  return name === 'button' ? extentOfButtons(text) : extentOfElement(name, text);
}

/** The block that is this text; `undefined` if it is none. */
export function readHtml(text: string): HtmlBlock | undefined {
  const tag = tagAt(text, 0);
  switch (tag?.name) {
    case 'form':
      return readForm(text, tag);
    case 'button':
      return { type: 'buttons', buttons: buttonsIn(text).map(({ button }) => button) };
    case 'audio':
    case 'video':
      return readMedia(tag.name, text, tag);
    default:
      return undefined;
  }
}

function extentOfElement(name: BlockName, text: string): Extent {
  const closing = `</${name}>`;
  const at = text.indexOf(closing);
  const tag = tagAt(text, 0);
  if (at === -1 && tag?.isClosed !== true) return { length: 0, isUnfinished: true };
  const length = at === -1 ? (tag?.end ?? 0) : at + closing.length;
  return { length: readHtml(text.slice(0, length)) === undefined ? 0 : length, isUnfinished: false };
}

function extentOfButtons(text: string): Extent {
  const length = buttonsIn(text).at(-1)?.end ?? 0;
  const rest = text.slice(length + gapAt(text, length));
  // A blank line ends a block, whatever it is.
  const isUnfinished = '<button'.startsWith(rest) || isOpenButton(rest);
  return { length, isUnfinished };
}

function isOpenButton(text: string): boolean {
  return /^<button(?![\w-])/.test(text) && !text.includes('</button>') && !/\n[ \t]*\n/.test(text);
}

/** The buttons that a text begins with, and where each ends. */
function buttonsIn(text: string): readonly { readonly button: AnswerButton; readonly end: number }[] {
  const found: { readonly button: AnswerButton; readonly end: number }[] = [];
  for (let at = 0; ;) {
    const from = found.length === 0 ? 0 : at + gapAt(text, at);
    const tag = tagAt(text, from);
    const closing = tag?.name === 'button' ? text.indexOf('</button>', tag.end) : -1;
    const button = tag === undefined || closing === -1 ? undefined : readButton(tag, text.slice(tag.end, closing));
    if (button === undefined) return found;
    at = closing + '</button>'.length;
    found.push({ button, end: at });
  }
}

/** How much space there is, with one new line at most. */
function gapAt(text: string, at: number): number {
  return /^[ \t]*\n?[ \t]*/.exec(text.slice(at, at + 200))?.[0].length ?? 0;
}

function readButton({ attributes }: Tag, content: string): AnswerButton | undefined {
  const label = wordsOf(content).slice(0, 200);
  const link = allowedAddress(attributes.get('data-link') ?? '') ?? '';
  const message = link === '' ? (attributes.get('data-message') ?? '') : '';
  if (label === '' || (link === '' && message.trim() === '')) return undefined;
  return { label, isPrimary: attributes.get('data-variant') === 'primary', message, link };
}

function readMedia(kind: 'audio' | 'video', text: string, { attributes, end }: Tag): HtmlBlock | undefined {
  const at = text.indexOf('<source', end);
  const source = attributes.get('src') ?? (at === -1 ? '' : tagAt(text, at)?.attributes.get('src')) ?? '';
  const address = allowedAddress(source);
  return address?.startsWith('http') === true ? { type: 'media', kind, address } : undefined;
}
