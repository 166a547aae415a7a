/** A text in the pieces in which a model would stream it: words with the space before them, CJK text by two characters. */
export function* piecesOf(text: string): Generator<string> {
  const piece =
    /\s*(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{1,2}|[\p{L}\p{N}_'’]+[^\s\p{L}\p{N}]*|[^\s\p{L}\p{N}]+)|\s+/gu;
  for (const [match] of text.matchAll(piece)) yield match;
}
