import { ownPath, placeOf } from '../../conversation/answerFile.ts';
import { allowedAddress } from '../../conversation/links.ts';
import type { ChatState, FetchedFile } from '../../conversation/protocol.ts';
import { t } from '../locale.ts';
import { isPicture } from '../picture.ts';
import { actButton, element, icon } from './dom.ts';
import { hostOf } from './links.ts';

/** What pictures depend on beside their text: of the whole page, so that one that comes later knows it too. */
export interface ImageView {
  /** Of the app's server. */
  readonly host: string;
  readonly fetched: ChatState['fetched'];
}

/** What each picture was last drawn by. */
const painted = new WeakMap<Element, { readonly isOwn: boolean; readonly fetched: FetchedFile | undefined }>();

let view: ImageView = { host: '', fetched: {} };

/** A picture is never loaded by the page: its request alone would tell somebody what was asked. The host may bring it, from the app's server. */
export function image(address: string, alt: string): HTMLElement {
  const line = element('span', 'remote-image');
  line.dataset['address'] = address;
  line.dataset['alt'] = alt.trim();
  paint(line);
  return line;
}

/** Another app is shown, or a picture was fetched. @param root of all pictures that are there */
export function showImages(root: ParentNode, now: ImageView): void {
  view = now;
  for (const line of root.querySelectorAll('.remote-image[data-address]')) if (line instanceof HTMLElement) paint(line);
}

function paint(line: HTMLElement): void {
  const { address = '', alt = '' } = line.dataset;
  const isOwn = ownPath(address, view.host) !== undefined;
  const fetched = isOwn ? view.fetched[placeOf(address)] : undefined;
  // A button that has the focus stays as it is.
  const last = painted.get(line);
  if (last !== undefined && last.isOwn === isOwn && last.fetched === fetched) return;
  painted.set(line, { isOwn, fetched });
  line.toggleAttribute('data-own', isOwn);
  line.classList.toggle('here', fetched?.state === 'shown');
  line.replaceChildren(...(isOwn ? ownParts(address, alt, fetched) : foreignParts(address, alt)));
}

function foreignParts(src: string, alt: string): readonly Node[] {
  const address = remoteAddress(src);
  const parts = [icon('file-media'), label(alt, address === undefined ? '' : hostOf(address))];
  return address === undefined ? parts : [...parts, opener(address)];
}

function ownParts(address: string, alt: string, fetched: FetchedFile | undefined): readonly Node[] {
  switch (fetched?.state) {
    case 'shown': {
      if (!isPicture(fetched.data)) return offered(address, alt, '');
      const picture = element('img');
      picture.src = fetched.data;
      picture.alt = alt === '' ? t('image') : alt;
      return [picture];
    }
    case 'fetching': {
      const spinner = icon('loading');
      spinner.classList.add('spin');
      return [spinner, label(t('fetchingImage'), '')];
    }
    case 'expired':
      return offered(address, alt, t('linkExpired'));
    default:
      return offered(address, alt, fetched?.problem ?? '');
  }
}

/** @param problem why it could not be shown: then one may open it elsewhere; '' before that was tried */
function offered(address: string, alt: string, problem: string): readonly Node[] {
  const show = actButton('showImage', t('showImage'), 'btn small', t('showImage'));
  const remote = problem === '' ? undefined : remoteAddress(address);
  return [icon('file-media'), label(alt, problem), show, ...(remote === undefined ? [] : [opener(remote)])];
}

function remoteAddress(src: string): string | undefined {
  const address = allowedAddress(src);
  return address?.startsWith('http') === true ? address : undefined;
}

function label(alt: string, beside: string): HTMLElement {
  const parts = [alt === '' ? t('image') : alt, beside].filter((part) => part !== '');
  return element('span', 'cut', parts.join(' · '));
}

function opener(address: string): HTMLElement {
  const button = actButton('openImage', t('openImage'), 'btn small', t('openImage'));
  button.title = address;
  button.dataset['address'] = address;
  return button;
}
