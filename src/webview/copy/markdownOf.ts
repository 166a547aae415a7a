/** What of an answer is no text of it. */
const aside = '.code-head, .caret, .process, .sr-only, .answer-foot';

/** The Markdown of what is shown of an answer, or of a piece of it, as the page builds it from Markdown. */
export function markdownOf(parent: Node): string {
  return blocks(parent)
    .join('\n\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** One for each block; text between blocks is a block of its own. */
function blocks(parent: Node): readonly string[] {
  const found: string[] = [];
  let line = '';
  const endLine = (): void => {
    if (line.trim() !== '') found.push(line.trim());
    line = '';
  };
  for (const node of parent.childNodes) {
    const block = node instanceof HTMLElement && !node.matches(aside) ? blockOf(node) : undefined;
    if (block === undefined) {
      line += inline(node);
    } else {
      endLine();
      if (block !== '') found.push(block);
    }
  }
  endLine();
  return found;
}

/** `undefined` if it is no block. */
function blockOf(node: HTMLElement): string | undefined {
  // What is HTML is copied as it was written.
  if (node.matches('.answer-form, .form-actions, .remote-image') && node.dataset['source'] !== undefined)
    return node.dataset['source'];
  switch (node.tagName) {
    case 'H3':
    case 'H4':
    case 'H5':
    case 'H6':
      return `${'#'.repeat(Number(node.tagName.slice(1)) - 2)} ${inlines(node).replaceAll('\n', ' ').trim()}`;
    case 'HR':
      return '---';
    case 'FIGURE':
      return code(node);
    case 'BLOCKQUOTE':
      return indented(markdownOf(node), '> ', '> ').replaceAll(/^> $/gm, '>');
    case 'UL':
    case 'OL':
      return list(node);
    case 'TABLE':
      return table(node);
    case 'P':
      return inlines(node).trim();
    case 'DIV':
    case 'SECTION':
    case 'ARTICLE':
      return markdownOf(node);
    case 'LI':
      return item(node, '- ');
    case 'DETAILS':
      return fold(node);
    default:
      return undefined;
  }
}

function fold(details: HTMLElement): string {
  const summary = details.querySelector(':scope > summary')?.textContent ?? '';
  const body = details.querySelector(':scope > .fold-body');
  return `<details>\n<summary>${summary}</summary>\n\n${body === null ? '' : markdownOf(body)}\n\n</details>`;
}

function code(figure: HTMLElement): string {
  const text = figure.querySelector('code')?.textContent ?? '';
  const fence = longerThan(text, 3);
  return `${fence}${figure.dataset['fence'] ?? ''}\n${text.replace(/\n$/, '')}\n${fence}`;
}

function list(node: HTMLElement): string {
  const items = [...node.children].filter((child) => child instanceof HTMLElement);
  const first = node instanceof HTMLOListElement ? node.start : undefined;
  const texts = items.map((child, index) => item(child, first === undefined ? '- ' : `${first + index}. `));
  const isLoose = items.some((child) => child.querySelector(':scope > p') !== null);
  return texts.join(isLoose ? '\n\n' : '\n');
}

function item(node: HTMLElement, mark: string): string {
  const isTask = node.classList.contains('task');
  const isDone = node.classList.contains('done');
  const box = isTask ? (isDone ? '[x] ' : '[ ] ') : '';
  const isLoose = node.querySelector(':scope > p, :scope > div > p') !== null;
  const body = isTask ? (node.querySelector(':scope > div') ?? node) : node;
  const text = blocks(body).join(isLoose ? '\n\n' : '\n');
  return indented(box + text, mark, ' '.repeat(mark.length));
}

function table(node: HTMLElement): string {
  const rows = [...node.querySelectorAll('tr')].map((row) => [...row.children]);
  const [head] = rows;
  if (head === undefined) return '';
  const texts = rows.map((cells) => cells.map(cellText));
  return [rowOf(texts[0] ?? []), rowOf(head.map(ruleOf)), ...texts.slice(1).map(rowOf)].join('\n');
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function cellText(cell: Element): string {
  return inlines(cell).trim().replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function ruleOf(cell: Element): string {
  if (cell.classList.contains('n')) return '---:';
  return cell.classList.contains('c') ? ':---:' : '---';
}

function inlines(parent: Node): string {
  return [...parent.childNodes].map(inline).join('');
}

function inline(node: Node): string {
  if (node instanceof Text) return node.data;
  if (!(node instanceof HTMLElement) || node.matches(aside)) return '';
  const { source } = node.dataset;
  if (source !== undefined) return source;
  if (node.classList.contains('remote-image')) return image(node);
  switch (node.tagName) {
    case 'BR':
      return '\n';
    case 'CODE':
      return inlineCode(node.textContent);
    case 'EM':
      return marked(node, '*');
    case 'STRONG':
      return marked(node, '**');
    case 'S':
      return marked(node, '~~');
    case 'A':
      return link(node);
    case 'BUTTON':
      return '';
    default:
      return blockOf(node) ?? inlines(node);
  }
}

/** Marks stand at words, never at blank space. */
function marked(node: HTMLElement, mark: string): string {
  const [, before = '', text = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(inlines(node)) ?? [];
  return text === '' ? before : `${before}${mark}${text}${mark}${after}`;
}

function inlineCode(text: string): string {
  const fence = longerThan(text, 1);
  const pad = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

function link(node: HTMLElement): string {
  const text = inlines(node);
  const address = node instanceof HTMLAnchorElement ? (node.getAttribute('href') ?? '') : '';
  return text === address || address === '' ? text : `[${text}](${address})`;
}

function image(node: HTMLElement): string {
  const { address = '', alt = '' } = node.dataset;
  return `![${alt}](${address})`;
}

/** Backticks, more than the text has in a row. */
function longerThan(text: string, least: number): string {
  const runs = text.match(/`+/g) ?? [];
  return '`'.repeat(Math.max(least, ...runs.map((run) => (run.length < least ? 0 : run.length + 1))));
}

function indented(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((line, index) => (index === 0 ? first + line : line === '' && others.trim() === '' ? '' : others + line))
    .join('\n');
}
