import type { Actions } from '../actions.ts';
import { t } from '../locale.ts';
import { codeBlockAround } from '../markdown/codeBlock.ts';
import { codeMenu } from '../markdown/codeToolbar.ts';
import { icon } from '../markdown/dom.ts';
import { openMenu } from '../popupMenu.ts';
import { copiedFor } from './copyButton.tsx';

/** Links and buttons inside answers. Nothing there acts by itself: a click is told to the host, which decides. */
export function answerClicks(actions: Actions): (event: MouseEvent) => void {
  return (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const link = target?.closest('a[href]');
    const button = target?.closest('button[data-act]');
    if (link instanceof HTMLAnchorElement) {
      // VS Code listens for clicks on links further up and would open them unasked.
      event.preventDefault();
      event.stopPropagation();
      if (event.type === 'click') actions.openLink(link.href);
    } else if (button instanceof HTMLButtonElement && event.type === 'click') {
      act(button, actions);
    }
  };
}

function act(button: HTMLButtonElement, actions: Actions): void {
  const { act: name, address } = button.dataset;
  if (name === 'openImage' && address !== undefined) actions.openLink(address);
  if (name === 'showImage') showImage(button, actions);
  const block = codeBlockAround(button);
  if (block === undefined) return;
  const post = (what: 'insert' | 'newFile' | 'apply'): void =>
    actions.post({ type: 'code', what, code: block.source, language: block.fence });
  switch (name) {
    case 'copyCode':
      actions.copy(block.source);
      show(button, 'check', t('copied'));
      setTimeout(() => show(button, 'copy', t('copyCode')), copiedFor);
      break;
    case 'applyCode':
      post('apply');
      break;
    case 'insertCode':
      post('insert');
      break;
    case 'newFileCode':
      post('newFile');
      break;
    case 'moreCode':
      openMenu(button, codeMenu(block.figure));
      break;
    case 'wrapCode':
      block.figure.classList.toggle('wrap');
      break;
    default:
  }
}

/** Which answer it is in says where the link of the picture can be had anew. */
function showImage(button: HTMLButtonElement, actions: Actions): void {
  const line = button.closest<HTMLElement>('.remote-image');
  const key = button.closest<HTMLElement>('[data-key]')?.dataset['key'];
  const address = line?.dataset['address'];
  if (key !== undefined && address !== undefined) actions.post({ type: 'showImage', key, address });
}

function show(button: HTMLButtonElement, name: string, label: string): void {
  button.replaceChildren(icon(name));
  button.ariaLabel = label;
  button.title = label;
}
