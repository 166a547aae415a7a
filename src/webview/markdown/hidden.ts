/** A piece of text that is shown as it is, or the name of a character that cannot be seen. */
export type Piece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'hidden'; readonly name: string };

/** Controls (but tab and newline), soft hyphen, zero width, bidirectional marks and overrides, blank letters, tags. */
const hidden =
  // oxlint-disable-next-line no-control-regex -- finding controls is the point
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\u{E0000}-\u{E007F}]/gu;

/** Splits code at the characters that cannot be seen but change what it means or does. */
export function splitHidden(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(hidden)) {
    if (match.index > from) pieces.push({ type: 'text', text: text.slice(from, match.index) });
    pieces.push({ type: 'hidden', name: nameOf(match[0]) });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ type: 'text', text: text.slice(from) });
  return pieces;
}

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
