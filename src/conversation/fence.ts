/** The text as a block of code that nothing in it can end. @param language the word after the fence, or '' */
export function fenced(text: string, language = ''): string {
  const fence = fenceAround(text);
  return `${fence}${/^[^\s`]*/.exec(language)?.[0] ?? ''}\n${text}\n${fence}`;
}

/** So many backticks that the text has no line of them. */
export function fenceAround(text: string): string {
  const longest = (text.match(/`{3,}/g) ?? []).reduce((most, { length }) => Math.max(most, length), 2);
  return '`'.repeat(longest + 1);
}
