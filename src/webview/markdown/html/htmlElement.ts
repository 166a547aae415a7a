import { t } from '../../locale.ts';
import { actButton, element, icon } from '../dom.ts';
import { splitHidden } from '../hidden.ts';
import { hostOf } from '../links.ts';
import { formElement } from './formElement.ts';
import { readHtml, type AnswerButton, type HtmlBlock } from './htmlBlock.ts';
import { visible } from './visible.ts';

/** The controls of a block of HTML, made anew from what it says; nothing while it is not whole. */
export function htmlElement(source: string): Node {
  const block = readHtml(source);
  if (block === undefined) return new DocumentFragment();
  const made = elementOf(block);
  made.dataset['source'] = source;
  return made;
}

function elementOf(block: HtmlBlock): HTMLElement {
  switch (block.type) {
    case 'form':
      return formElement(block);
    case 'buttons':
      return element('p', 'form-actions', ...block.buttons.map(buttonElement));
    case 'media':
      return mediaElement(block.kind, block.address);
  }
}

function buttonElement({ label, isPrimary, message, link }: AnswerButton): HTMLElement {
  const classes = isPrimary ? 'btn primary' : 'btn';
  const button = actButton(link === '' ? 'ask' : 'openImage', label, classes, element('span', '', ...visible(label)));
  button.ariaLabel = null;
  if (link !== '') button.dataset['address'] = link;
  else button.dataset['message'] = message;
  button.title = link === '' ? t('asksThis', { message: named(message) }) : t('opensThis', { link });
  return button;
}

function named(text: string): string {
  const pieces = splitHidden(text.slice(0, 500));
  return pieces.map((piece) => (piece.type === 'hidden' ? `[${piece.name}]` : piece.text)).join('');
}

/** Never loaded by itself, as pictures are not. */
function mediaElement(kind: 'audio' | 'video', address: string): HTMLElement {
  const open = actButton('openImage', t('openMedia'), 'btn small', t('openMedia'));
  open.title = address;
  open.dataset['address'] = address;
  const label = `${t(kind)} · ${hostOf(address)}`;
  return element(
    'p',
    'remote-image',
    icon(kind === 'audio' ? 'unmute' : 'device-camera-video'),
    element('span', 'cut', label),
    open,
  );
}
