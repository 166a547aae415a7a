import type { ContextItem } from './conversation.ts';
import { fenceAround } from './fence.ts';
import type { Translate } from './failure.ts';

/** Something that is attached, and what it says. */
export interface ContextText {
  readonly item: ContextItem;
  readonly text: string;
  /** Only the beginning of it. */
  readonly isCut: boolean;
}

/**
 * The question as it is sent: what was typed, and under it, or above it where it has blocks of code itself, each text that was attached,
 * with what it is and where it stands. A text is set apart by a fence longer than any in it, so that nothing in it can end the fence: what
 * it says stays data.
 */
export function queryWith(typed: string, texts: readonly ContextText[], t: Translate): string {
  if (texts.length === 0) return typed;
  const contexts = texts.map((text) => fenced(text, t));
  const question = typed.trimEnd();
  // Under a block that was left open the contexts would be part of it, and what is in them could end it.
  const parts = mayStayOpen(question) ? [...contexts, question] : [question, ...contexts];
  return parts.filter((part) => part !== '').join('\n\n');
}

function fenced({ item, text, isCut }: ContextText, t: Translate): string {
  const fence = fenceAround(text);
  const body = text.endsWith('\n') ? text : `${text}\n`;
  const cut = isCut ? ` ${t('(only the beginning)')}` : '';
  return `${headingOf(item, t)}${cut}\n${fence}${languageOf(item)}\n${body}${fence}`;
}

function headingOf({ kind, name, lines }: ContextItem, t: Translate): string {
  // A path may hold anything, also line breaks.
  const file = name.replace(/[\p{Cc}\u2028\u2029`~]+/gu, ' ').trim();
  switch (kind) {
    case 'selection':
    case 'file':
      return lines === undefined ? t('File {file}:', { file }) : linesOf(file, lines, t);
    case 'problems':
      return t('Problems in {file}:', { file });
    case 'diff':
      return t('Changes that are not committed:');
    case 'clipboard':
      return file === '' ? t('Pasted text:') : t('File {file}:', { file });
  }
}

function linesOf(file: string, [first, last]: readonly [number, number], t: Translate): string {
  return first === last
    ? t('File {file}, line {n}:', { file, n: first })
    : t('File {file}, lines {first} to {last}:', { file, first, last });
}

/** The word after the fence by which code is known: the file's extension. */
function languageOf({ kind, name }: ContextItem): string {
  if (kind === 'diff') return 'diff';
  return kind === 'problems' ? '' : (/\.(\w{1,20})$/.exec(name)?.[1] ?? '');
}

/** Whether what is typed may hold a block that goes on to the end of the text: a fence, also in a list or a quote, or HTML. */
function mayStayOpen(typed: string): boolean {
  return /`{3}|~{3}|</.test(typed);
}
