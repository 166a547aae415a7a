/** One change of a text, in UTF-16 code units, as `TextDocumentContentChangeEvent` tells it. */
export interface Change {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/** A stretch of a document that is followed while the document changes, as offsets. */
export interface Anchor {
  readonly start: number;
  readonly end: number;
  /** What stood there when it was read. */
  readonly original: string;
  /** What was put there since; the original if nothing was. */
  readonly written: string;
  /** Whether it went away together with text around it. Then there is no place any more. */
  readonly isGone: boolean;
}

/** What became of the text at an anchor: as it was read or put there, changed by somebody else, or gone. */
export type AnchorState = 'same' | 'changed' | 'gone';

export function anchorAt(start: number, original: string): Anchor {
  return { start, end: start + original.length, original, written: original, isGone: false };
}

/** Where the anchor is after somebody's change. What is typed at its ends stays outside. */
export function moved(anchor: Anchor, change: Change): Anchor {
  const { start, end } = anchor;
  const from = change.rangeOffset;
  const to = from + change.rangeLength;
  const delta = change.text.length - change.rangeLength;
  // What comes to a place that was emptied may be its text, cut and pasted back.
  const isFilled = start === end && anchor.written !== '' && from === start;
  if (!isFilled && from >= end) return anchor;
  if (!isFilled && to <= start) return { ...anchor, start: start + delta, end: end + delta };
  return from >= start && to <= end ? { ...anchor, end: end + delta } : cutBy(anchor, change);
}

/** The change reaches over one end or both: what is left is the rest inside. */
function cutBy(anchor: Anchor, { rangeOffset: from, rangeLength, text }: Change): Anchor {
  const { start, end } = anchor;
  const after = from + text.length;
  if (from >= start) return { ...anchor, end: from };
  const isGone = from + rangeLength > end;
  return { ...anchor, start: after, end: isGone ? after : end + text.length - rangeLength, isGone };
}

/** Where the anchor is after a change of our own at it, which lies inside or at its ends. */
export function rewritten(anchor: Anchor, change: Change, written: string): Anchor {
  return { ...anchor, end: anchor.end + change.text.length - change.rangeLength, written };
}

/** The same place in the same text with other line ends. */
export function withOtherEnds(anchor: Anchor, before: string, after: string): Anchor {
  const step = after.includes('\r\n') ? 1 : -1;
  const lines = (offset: number): number => before.slice(0, offset).split('\n').length - 1;
  return { ...anchor, start: anchor.start + step * lines(anchor.start), end: anchor.end + step * lines(anchor.end) };
}

/** @param text all of the document */
export function stateOf(anchor: Anchor, text: string): AnchorState {
  if (anchor.isGone) return 'gone';
  const there = sameEnds(text.slice(anchor.start, anchor.end));
  return there === sameEnds(anchor.original) || there === sameEnds(anchor.written) ? 'same' : 'changed';
}

/** The text with `\n` at the ends of its lines. */
export function sameEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
