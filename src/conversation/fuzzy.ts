/**
 * How well what was typed names a path: its letters in their order, in either case. `undefined` if it does not. Higher is better: letters
 * that stand together, begin a word, or stand in the file's own name.
 */
export function fuzzyScore(typed: string, path: string): number | undefined {
  const wanted = typed.toLowerCase();
  const text = path.toLowerCase();
  const name = text.slice(text.lastIndexOf('/') + 1);
  if (wanted === '') return 0;
  const at = name.indexOf(wanted);
  if (at >= 0) return 1_000 - at - name.length / 100 + (at === 0 ? 500 : 0);
  return scattered(wanted, name, 300) ?? scattered(wanted, text, 0);
}

function scattered(wanted: string, text: string, bonus: number): number | undefined {
  let score = bonus;
  let from = 0;
  for (const letter of wanted) {
    const at = text.indexOf(letter, from);
    if (at < 0) return undefined;
    if (at === from) score += 5;
    else if (/[^\p{L}\p{N}]/u.test(text[at - 1] ?? '')) score += 3;
    from = at + letter.length;
  }
  return score - text.length / 100;
}
