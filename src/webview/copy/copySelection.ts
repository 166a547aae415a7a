import { markdownOf } from './markdownOf.ts';

/** Elements that say what their children are: a piece of one is copied with it. */
const frames = 'ul, ol, table, thead, tbody, tr, blockquote';

/** Begins to listen: what is selected in answers is copied as Markdown. Code is copied as it stands, and so is what is in a text field. */
export function copyAsMarkdown(): void {
  document.addEventListener('copy', (event) => {
    const text = selectedMarkdown(getSelection());
    if (text === undefined || text === '' || event.clipboardData === null) return;
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
  });
}

function selectedMarkdown(selection: Selection | null): string | undefined {
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return undefined;
  const range = selection.getRangeAt(0);
  const common = elementOf(range.commonAncestorContainer);
  const isAnswer = common.closest('.md') !== null || common.querySelector('.md') !== null;
  if (!isAnswer || common.closest('pre, input, textarea') !== null) return undefined;
  return markdownOf(framed(range, common));
}

/** What is in the range, in the lists, tables and quotes that it is a piece of. */
function framed(range: Range, common: Element): DocumentFragment {
  let piece = range.cloneContents();
  for (let at: Element | null = common; at?.matches(frames) === true; at = at.parentElement) {
    const frame = at.cloneNode(false);
    if (frame instanceof HTMLOListElement) frame.start = numberOf(at, range);
    const head = at.querySelector(':scope > thead');
    if (head !== null && piece.querySelector('thead') === null) frame.appendChild(head.cloneNode(true));
    frame.appendChild(piece);
    piece = document.createDocumentFragment();
    piece.append(frame);
  }
  return piece;
}

/** The number of the first item in the range. */
function numberOf(list: Element, range: Range): number {
  const before = [...list.children].findIndex((child) => range.intersectsNode(child));
  return (list instanceof HTMLOListElement ? list.start : 1) + Math.max(0, before);
}

function elementOf(node: Node): Element {
  return node instanceof Element ? node : (node.parentElement ?? document.body);
}
