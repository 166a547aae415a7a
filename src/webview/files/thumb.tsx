import type { VNode } from 'preact';
import type { FileKind } from '../../conversation/answerFile.ts';
import type { FromWebview } from '../../conversation/fromWebview.ts';
import type { FetchedFile } from '../../conversation/protocol.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { isPicture } from '../picture.ts';
import { Sound } from './sound.tsx';
import { ThumbButton } from './thumbButton.tsx';

/** What can be wanted of a file of an answer. */
export type FileWish = Extract<FromWebview, { readonly type: 'answerFile' }>['what'];

interface ThumbProperties {
  readonly name: string;
  readonly place: string;
  readonly kind: FileKind;
  readonly fetched: FetchedFile | undefined;
  readonly act: (what: FileWish) => void;
}

/** The picture or what stands for it: pressing it does what one wants most. */
export function Thumb(properties: ThumbProperties): VNode {
  const { name, place, kind, fetched, act } = properties;
  switch (fetched?.state) {
    case 'fetching':
      return (
        <ThumbButton label={t('cancelNamed', { name })} hint={t('fetchingNamed', { name })} act={() => act('cancel')}>
          <Icon name="loading" classes="spin" />
        </ThumbButton>
      );
    case 'expired':
      return <ThumbIcon name="warning" />;
    default:
      return kind === 'audio' ? (
        <Sound name={name} place={place} address={fetched?.data ?? ''} fetch={() => act('show')} />
      ) : (
        <Picture {...properties} />
      );
  }
}

/** What is no picture opens at once; so does a picture that is seen. */
function Picture({ name, kind, fetched, act }: ThumbProperties): VNode {
  const data = kind === 'image' && isPicture(fetched?.data ?? '') ? (fetched?.data ?? '') : '';
  const comes = kind === 'image' && data === '';
  return (
    <ThumbButton
      label={comes ? t('showNamed', { name }) : t('openNamed', { name })}
      act={() => act(comes ? 'show' : 'open')}
    >
      {data === '' ? <Icon name={iconOf(kind, name)} /> : <img src={data} alt="" />}
    </ThumbButton>
  );
}

function ThumbIcon({ name }: { readonly name: string }): VNode {
  return (
    <div class="thumb">
      <Icon name={name} />
    </div>
  );
}

function iconOf(kind: FileKind, name: string): string {
  if (kind !== 'document') return 'file-media';
  if (/\.pdf$/i.test(name)) return 'file-pdf';
  if (/\.(zip|gz|tar|tgz|7z|rar)$/i.test(name)) return 'file-zip';
  if (/\.(js|ts|py|json|ya?ml|html?|css|sql|sh|xml)$/i.test(name)) return 'file-code';
  return /\.(csv|xlsx?|tsv)$/i.test(name) ? 'table' : 'file-text';
}
