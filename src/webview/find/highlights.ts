import { wanted, type Match } from './search.ts';

/** What of a question and of an answer is searched. */
const roots = { question: '.ask-bubble', answer: '.md, .output-name' } as const;
/** What stands there and is not part of the text. */
const aside = '.code-head, .chips, .process, .ctl, .sr-only, button, annotation, .menu, .ask-bubble summary';
/** What text does not go on across. */
const block = 'p, li, h3, h4, h5, h6, td, th, pre, blockquote, dt, dd, .ask-bubble, .md, .output-name';
/** So many places are coloured; the one that was gone to always is. */
const most = 2_000;

/** Colours what was found, without changing anything in the page. @returns the range of the place that was gone to */
export function highlight(query: string, current: Match | undefined): Range | undefined {
  const expression = wanted(query);
  clearHighlights();
  if (expression === undefined) return undefined;
  const all: Range[] = [];
  let here: Range | undefined;
  for (const turn of document.querySelectorAll<HTMLElement>('article.turn[data-key]')) {
    const part = turn.classList.contains('ask') ? 'question' : 'answer';
    const nth = isIn(current, turn, part) ? current.nth : undefined;
    if (all.length >= most && nth === undefined) continue;
    const ranges = rangesIn(turn, roots[part], expression);
    if (nth !== undefined) here = ranges[Math.min(nth, ranges.length - 1)];
    all.push(...ranges);
  }
  colour(all, here);
  return here;
}

export function clearHighlights(): void {
  CSS.highlights.delete('dc-find');
  CSS.highlights.delete('dc-find-current');
}

function isIn(match: Match | undefined, turn: HTMLElement, part: Match['part']): match is Match {
  return match?.key === turn.dataset['key'] && match?.part === part;
}

function colour(all: readonly Range[], here: Range | undefined): void {
  CSS.highlights.set('dc-find', new Highlight(...all));
  if (here === undefined) return;
  const current = new Highlight(here);
  current.priority = 1;
  CSS.highlights.set('dc-find-current', current);
}

/** The text of an element in one string, and which text node each piece of it is in. */
function rangesIn(turn: Element, selector: string, expression: RegExp): readonly Range[] {
  const nodes: { readonly node: Text; readonly start: number }[] = [];
  let text = '';
  let last: Element | null = null;
  for (const root of turn.querySelectorAll(selector)) {
    for (const node of textsIn(root)) {
      const around = node.parentElement?.closest(block) ?? null;
      if (around !== last) text += '\n';
      last = around;
      nodes.push({ node, start: text.length });
      text += node.data;
    }
  }
  return [...text.matchAll(expression)].flatMap((match) => rangeOf(nodes, match.index, match.index + match[0].length));
}

function rangeOf(
  nodes: readonly { readonly node: Text; readonly start: number }[],
  start: number,
  end: number,
): readonly Range[] {
  const first = nodes.findLast((each) => each.start <= start);
  const last = nodes.findLast((each) => each.start < end);
  if (first === undefined || last === undefined) return [];
  const range = new Range();
  range.setStart(first.node, Math.min(start - first.start, first.node.length));
  range.setEnd(last.node, Math.min(end - last.start, last.node.length));
  return [range];
}

function* textsIn(root: Element): Generator<Text> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Text && node.parentElement?.closest(aside) === null) yield node;
  }
}
