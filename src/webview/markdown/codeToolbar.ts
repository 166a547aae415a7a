import type { EditorTarget } from '../../conversation/protocol.ts';
import { t } from '../locale.ts';
import { actButton, element, icon, type Act } from './dom.ts';

/** Where code would go now: of the whole page, so that a block that comes later knows it too. */
let target: EditorTarget | undefined;

/** The row above a block of code. While the code grows, half of it can be copied and nothing else. */
export function codeHead(language: string): HTMLElement {
  return element('div', 'code-head', element('span', 'lang', language), iconButton('copyCode', t('copyCode'), 'copy'));
}

/** What can be done with the code once all of it is there. */
export function completeCodeHead(head: HTMLElement, previews: boolean): void {
  const more = iconButton('moreCode', t('moreCodeActions'), 'ellipsis');
  more.classList.add('more');
  more.ariaHasPopup = 'menu';
  const apply = element('button', 'btn minor', icon('diff-single'), element('span', 'label'));
  apply.type = 'button';
  apply.dataset['act'] = 'applyCode';
  const insert = iconButton('insertCode', '', 'insert', 'minor');
  const preview = previews ? [iconButton('previewCode', t('openInMarkdownPreview'), 'open-preview', 'minor')] : [];
  head
    .querySelector('.lang')
    ?.after(...preview, apply, insert, iconButton('newFileCode', t('newFileWithCode'), 'new-file', 'minor'));
  head.append(more);
  aim(head);
}

/** The person works in another editor, or at another place of it: the buttons say so. @param root of all blocks that are there */
export function aimCode(root: ParentNode, editor: EditorTarget | undefined): void {
  target = editor;
  for (const head of root.querySelectorAll('.code-head')) aim(head);
}

/** All of what {@link completeCodeHead} offers, where a narrow page has no place for buttons, and how the code is shown. */
export function codeMenu(figure: HTMLElement): HTMLElement {
  const menu = element('div', 'menu pop');
  menu.role = 'menu';
  menu.popover = 'auto';
  menu.ariaLabel = t('moreCodeActions');
  const wraps = figure.classList.contains('wrap');
  const wrap = menuItem('wrapCode', t('wordWrap'), wraps ? 'check' : 'word-wrap');
  wrap.role = 'menuitemcheckbox';
  wrap.ariaChecked = String(wraps);
  if (target !== undefined) {
    menu.append(
      menuItem('applyCode', t('applyTo', { file: target.file }), 'diff-single', 'narrow'),
      menuItem('insertCode', t('insertAt', { file: target.file, line: target.line }), 'insert', 'narrow'),
    );
  }
  if (figure.querySelector('[data-act=previewCode]') !== null) {
    menu.append(menuItem('previewCode', t('openInMarkdownPreview'), 'open-preview', 'narrow'));
  }
  menu.append(menuItem('newFileCode', t('newFileWithCode'), 'new-file', 'narrow'), wrap);
  return menu;
}

function aim(head: Element): void {
  for (const button of head.querySelectorAll('button')) {
    const { act } = button.dataset;
    if (act !== 'applyCode' && act !== 'insertCode') continue;
    button.hidden = target === undefined;
    if (target === undefined) continue;
    const { file, line } = target;
    if (act === 'insertCode') name(button, t('insertAtSaid', { file, line }), t('insertAt', { file, line }));
    else name(button, t('applyToSaid', { file }), t('applyToHint', { file }));
    const label = button.querySelector('.label');
    if (label !== null) label.textContent = t('applyTo', { file });
  }
}

function name(button: HTMLButtonElement, said: string, shown: string): void {
  button.ariaLabel = said;
  button.title = shown;
}

function iconButton(act: Act, label: string, iconName: string, classes = ''): HTMLElement {
  return actButton(act, label, `icon-btn ${classes}`.trimEnd(), icon(iconName));
}

function menuItem(act: Act, label: string, iconName: string, classes = ''): HTMLElement {
  const item = actButton(act, label, `menu-item ${classes}`.trimEnd(), icon(iconName), element('span', '', label));
  item.role = 'menuitem';
  item.tabIndex = -1;
  return item;
}
