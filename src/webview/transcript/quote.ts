/** So many characters of an answer are quoted at most: what goes into the composer is to be read. */
const most = 20_000;

/** The text as a quotation in Markdown, with room for what is to be said about it. */
export function quoted(text: string): string {
  const lines = text.slice(0, most).trim().split('\n');
  return `${lines.map((line) => `> ${line}`.trimEnd()).join('\n')}\n\n`;
}

/** What is selected inside the element, or ''. */
export function selectedIn(element: Element): string {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return '';
  const { commonAncestorContainer } = selection.getRangeAt(0);
  return element.contains(commonAncestorContainer) ? selection.toString() : '';
}
