import { documentText, indentationStep, type Place } from '../../conversation/documentText.ts';
import { type Anchor, type Change, stateOf } from './anchor.ts';

/** A stretch of a document, as offsets, and what takes its place. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Why nothing can be done: the text was changed or is gone, the answers say nothing, or what stands there already. */
export type Refusal = 'changed' | 'gone' | 'empty' | 'same';

/** The edits, all valid for the document as it is; or why there are none. */
export type Plan = { readonly edits: readonly Edit[] } | { readonly refused: Refusal };

export interface DocumentState {
  readonly text: string;
  readonly eol: '\n' | '\r\n';
  /** Whether a paragraph ends with a blank line in it, as in Markdown. */
  readonly isProse: boolean;
}

/** One for each part, `undefined` where there is none to apply. */
export type Answers = readonly (string | undefined)[];

/** Puts each answer in the place of its part, if every part is as it was. */
export function planReplace(document: DocumentState, anchors: readonly Anchor[], answers: Answers): Plan {
  const planned = plan(document, anchors, answers, (anchor, answer) => {
    if (stateOf(anchor, document.text) === 'changed') return 'changed';
    return replacementOf(document, anchor, answer);
  });
  if ('refused' in planned) return planned;
  const isSame = planned.edits.every(({ start, end, text }) => document.text.slice(start, end) === text);
  return isSame ? { refused: 'same' } : planned;
}

/** Puts each answer under the last line of its part, which may have changed: nothing is overwritten. */
export function planInsertBelow(document: DocumentState, anchors: readonly Anchor[], answers: Answers): Plan {
  return plan(document, anchors, answers, (anchor, answer) => below(document, anchor, answer));
}

/** Puts the answer at an offset. */
export function planInsertAt(document: DocumentState, offset: number, answer: string): Plan {
  const at = splitsCharacter(document.text, offset) ? offset + 1 : offset;
  const anchor = { start: at, end: at, original: '', written: '', isGone: false };
  return plan(document, [anchor], [answer], () => replacementOf(document, anchor, answer));
}

/** What takes the place of a part that an answer streams into, whoever changed the document around it. */
export function replacementOf(document: DocumentState, anchor: Anchor, answer: string): Edit {
  const { start, end } = wholeCharacters(document.text, anchor);
  const original = anchor.original.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
  const text = documentText(answer, placeOf(document, start, original));
  return { start, end, text: start === end ? text + lineBreakAfter(document, start, answer) : text };
}

/** Code that is put before the text of a line has its own lines: the text goes on below it, indented as it was. */
function lineBreakAfter({ text, eol }: DocumentState, start: number, answer: string): string {
  const before = start === 0 ? '' : text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const isBeforeText = /^[^\r\n]*\S/.test(text.slice(start));
  const isCode = /^\s*(?:`{3,}|~{3,})/.test(answer);
  return isCode && before.trim() === '' && isBeforeText ? eol + before : '';
}

/** Whether the change is what the edit makes. */
export function isOf(edit: Edit, { rangeOffset, rangeLength, text }: Change): boolean {
  return rangeOffset === edit.start && rangeLength === edit.end - edit.start && text === edit.text;
}

/** The text after the edits, which lie apart from each other. */
export function applied(text: string, edits: readonly Edit[]): string {
  let end = 0;
  const pieces = edits
    .toSorted((one, other) => one.start - other.start)
    .map((edit) => {
      const piece = text.slice(end, edit.start) + edit.text;
      end = edit.end;
      return piece;
    });
  return pieces.join('') + text.slice(end);
}

/** The same edit without what it would leave as it is at the beginning: an answer that grows is added to. */
export function withoutCommonStart(edit: Edit, document: string): Edit {
  const there = document.slice(edit.start, edit.end);
  let common = 0;
  while (common < there.length && there[common] === edit.text[common]) common++;
  while (common > 0 && (splitsCharacter(there, common) || splitsCharacter(edit.text, common))) common--;
  return { start: edit.start + common, end: edit.end, text: edit.text.slice(common) };
}

function plan(
  document: DocumentState,
  anchors: readonly Anchor[],
  answers: Answers,
  editOf: (anchor: Anchor, answer: string) => Edit | 'changed',
): Plan {
  const wanted = anchors.flatMap((anchor, at) => {
    const answer = answers[at];
    return answer === undefined || documentText(answer, placeOf(document, 0, '')) === '' ? [] : [{ anchor, answer }];
  });
  if (wanted.length === 0) return { refused: 'empty' };
  if (wanted.some(({ anchor }) => anchor.isGone)) return { refused: 'gone' };
  const edits = wanted.map(({ anchor, answer }) => editOf(anchor, answer));
  const possible = edits.filter((edit) => edit !== 'changed');
  return possible.length < edits.length ? { refused: 'changed' } : { edits: possible };
}

function below(document: DocumentState, anchor: Anchor, answer: string): Edit {
  const { text, eol, isProse } = document;
  const last = anchor.start + text.slice(anchor.start, anchor.end).trimEnd().length;
  const lineEnd = text.indexOf('\n', last);
  const at = lineEnd === -1 ? text.length : text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd;
  const lines = text.slice(text.lastIndexOf('\n', anchor.start - 1) + 1, at).replace(/^(?:[ \t]*\r?\n)+/, '');
  const block = documentText(answer, { ...placeOf(document, 0, lines.trimEnd()), before: '' });
  const isTight = /^\r?\n[ \t]*\S/.test(text.slice(at));
  return { start: at, end: at, text: (isProse ? eol + eol : eol) + block + (isProse && isTight ? eol : '') };
}

function placeOf({ text, eol }: DocumentState, start: number, original: string): Place {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return { before: start === 0 ? '' : before, original, eol, step: indentationStep(text) };
}

/** The part without halves of characters at its ends. */
function wholeCharacters(text: string, { start, end }: Anchor): { readonly start: number; readonly end: number } {
  const from = splitsCharacter(text, start) ? start + 1 : start;
  return { start: from, end: Math.max(from, splitsCharacter(text, end) ? end - 1 : end) };
}

/** Whether the offset lies between the two halves of a character, or of a line end. */
function splitsCharacter(text: string, offset: number): boolean {
  const pair = text.slice(Math.max(0, offset - 1), offset + 1);
  return offset > 0 && (/^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(pair) || pair === '\r\n');
}
