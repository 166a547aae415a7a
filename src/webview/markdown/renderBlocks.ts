import type { Env, Token } from 'markdown-it';
import { t } from '../locale.ts';
import { CodeBlock } from './codeBlock.ts';
import { element, icon } from './dom.ts';
import { formula } from './formula.ts';
import { htmlElement } from './html/htmlElement.ts';
import { renderInline } from './renderInline.ts';
import { labelTable } from './tableLabel.ts';

/** The elements of blocks, one for each block of the top level. Built from nodes and text only, so nothing in an answer can be markup. */
export function renderBlocks(tokens: readonly Token[], env: Env): HTMLElement[] {
  const root = element('div');
  const stack: HTMLElement[] = [root];
  for (const [index, token] of tokens.entries()) {
    const parent = stack.at(-1) ?? root;
    if (token.nesting === 1) {
      stack.push(open(token, parent, isTask(tokens, index)));
    } else if (token.nesting === -1) {
      stack.pop();
      if (token.type === 'table_close') labelTable(parent);
    } else if (token.type === 'inline') {
      renderInline(isTask(tokens, index - 2) === undefined ? token.content : token.content.slice(4), env, parent);
    } else {
      parent.append(leaf(token));
    }
  }
  return [...root.children].filter((child) => child instanceof HTMLElement);
}

/** Opens a block inside `parent`. @returns where its content goes */
function open(token: Token, parent: HTMLElement, task: 'open' | 'done' | undefined): HTMLElement {
  // The paragraph of a tight list item is no element of its own.
  if (token.hidden) return parent;
  if (token.type === 'table_open') return openTable(parent);
  if (task !== undefined) return openTask(parent, task);
  if (token.type === 'summary_open') return openSummary(parent);
  const opened = elementOf(token);
  parent.append(opened);
  return opened;
}

function elementOf(token: Token): HTMLElement {
  switch (token.type) {
    case 'heading_open':
      return headingOf(token.tag);
    case 'blockquote_open':
      return element('blockquote');
    case 'bullet_list_open':
      return element('ul');
    case 'ordered_list_open':
      return orderedList(token);
    case 'list_item_open':
      return element('li');
    case 'thead_open':
      return element('thead');
    case 'tbody_open':
      return element('tbody');
    case 'tr_open':
      return element('tr');
    case 'th_open':
      return element('th', alignment(token));
    case 'td_open':
      return element('td', alignment(token));
    case 'details_open':
      return detailsOf(token);
    case 'details_block_open':
      return element('div');
    case 'details_body_open':
      return element('div', 'fold-body');
    default:
      return element('p');
  }
}

function leaf(token: Token): Node {
  if (token.type === 'hr') return element('hr');
  if (token.type === 'html') return htmlElement(token.content);
  if (token.type === 'math') return formula(token.content, token.markup, true);
  if (token.type === 'math_text') return element('p', 'plain-text', token.content);
  const block = new CodeBlock(token.info);
  block.append(token.content.replace(/\n$/, ''));
  block.close();
  return block.figure;
}

/** The page's own headings are the first two levels. */
function headingOf(tag: string): HTMLElement {
  if (tag === 'h1') return element('h3');
  if (tag === 'h2') return element('h4');
  return tag === 'h3' ? element('h5') : element('h6');
}

function orderedList(token: Token): HTMLElement {
  const list = element('ol');
  const start = token.attrGet('start');
  if (start !== null) list.start = Number(start);
  return list;
}

/** markdown-it says it by a style, which the page's policy forbids. */
function alignment(token: Token): string {
  const style = String(token.attrGet('style') ?? '');
  if (style.endsWith('right')) return 'n';
  return style.endsWith('center') ? 'c' : '';
}

/** A table scrolls by itself, so that it never widens the page. */
function openTable(parent: HTMLElement): HTMLElement {
  const table = element('table');
  const scroller = element('div', 'wide', table);
  scroller.tabIndex = 0;
  scroller.role = 'region';
  parent.append(scroller);
  return table;
}

function openTask(parent: HTMLElement, task: 'open' | 'done'): HTMLElement {
  const mark = task === 'done' ? icon('pass-filled', t('taskDone')) : icon('circle-large-outline', t('taskOpen'));
  mark.classList.add(task === 'done' ? 'ok' : 'muted');
  const body = element('div');
  parent.append(element('li', task === 'done' ? 'task done' : 'task', mark, body));
  return body;
}

function detailsOf(token: Token): HTMLElement {
  const details = element('details', 'fold');
  details.open = token.attrGet('open') !== null;
  return details;
}

function openSummary(parent: HTMLElement): HTMLElement {
  const words = element('span');
  const summary = element('summary', '', words);
  summary.addEventListener('click', () => (parent.dataset['touched'] = ''));
  parent.append(summary);
  return words;
}

/** Whether the list item that opens at `index` begins with a box to tick. */
function isTask(tokens: readonly Token[], index: number): 'open' | 'done' | undefined {
  if (tokens[index]?.type !== 'list_item_open' || tokens[index + 1]?.type !== 'paragraph_open') return undefined;
  const text = tokens[index + 2]?.content ?? '';
  if (/^\[ \]\s/.test(text)) return 'open';
  return /^\[[xX]\]\s/.test(text) ? 'done' : undefined;
}
