import type { Actions } from '../actions.ts';
import { t } from '../locale.ts';
import { codeBlockAround } from '../markdown/codeBlock.ts';
import { codeMenu } from '../markdown/codeToolbar.ts';
import { icon } from '../markdown/dom.ts';
import { openMenu } from '../popupMenu.ts';
import { formMessage } from '../markdown/html/formElement.ts';
import { copiedFor } from './copyButton.tsx';

/** The same is not sent again by a second press within this time, in milliseconds. */
const askAgainAfter = 1000;

/** Links and buttons inside answers. Nothing there acts by itself: a click is told to the host, which decides. */
export function answerClicks(actions: Actions): (event: MouseEvent) => void {
  const ask = onceIn(askAgainAfter, actions.ask);
  return (event) => {
    if (!(event.target instanceof Element)) return;
    const link = event.target.closest('a[href]');
    const button = event.target.closest('button[data-act]');
    if (link instanceof HTMLAnchorElement) {
      // VS Code listens for clicks on links further up and would open them unasked.
      event.preventDefault();
      event.stopPropagation();
      if (event.type === 'click') actions.openLink(link.href);
    } else if (button instanceof HTMLButtonElement && event.type === 'click') {
      const message = messageOf(button);
      // What an answer wrote is sent in the person's name: only where a person pressed.
      if (message === undefined) act(button, actions);
      else if (event.isTrusted) ask(message);
    }
  };
}

/** What the button of an answer sends; `undefined` for one that sends nothing. */
function messageOf(button: HTMLButtonElement): string | undefined {
  if (button.dataset['act'] === 'ask') return button.dataset['message'];
  return button.dataset['act'] === 'sendForm' ? formMessage(button) : undefined;
}

function onceIn(ms: number, ask: (text: string) => void): (text: string) => void {
  const last = { text: '', at: -Infinity };
  return (text) => {
    const at = performance.now();
    if (text.trim() === '' || (text === last.text && at - last.at < ms)) return;
    Object.assign(last, { text, at });
    ask(text);
  };
}

function act(button: HTMLButtonElement, actions: Actions): void {
  const { act: name, address } = button.dataset;
  if (name === 'openImage' && address !== undefined) actions.openLink(address);
  if (name === 'showImage') showImage(button, actions);
  const block = codeBlockAround(button);
  if (block === undefined) return;
  const post = (what: 'insert' | 'newFile' | 'apply' | 'preview'): void =>
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
    case 'previewCode':
      post('preview');
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
