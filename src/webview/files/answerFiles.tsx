import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { foreignHost, kindOf, nameOf, placeOf } from '../../conversation/answerFile.ts';
import { formatSize } from '../../conversation/format.ts';
import type { ChatState, FetchedFile } from '../../conversation/protocol.ts';
import type { Run } from '../../conversation/run.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { language, t } from '../locale.ts';
import { memo } from '../memo.ts';
import { Thumb, type FileWish } from './thumb.tsx';

interface Properties {
  readonly files: Run['files'];
  /** Key of the message. */
  readonly of: string;
  /** Of the app's server. */
  readonly host: string;
  readonly fetched: ChatState['fetched'];
  readonly actions: Actions;
}

/** More than these are folded. */
const most = 6;

/** What the answer brought: nothing is fetched before the person wants it. */
export const AnswerFiles = memo(function AnswerFiles(properties: Properties): VNode | null {
  // Without an address there is nothing to be had.
  const files = properties.files.filter(({ url }) => url !== '');
  return files.length === 0 ? null : <Files {...properties} files={files} />;
});

function Files({ files, fetched, ...shared }: Properties): VNode {
  const [all, setAll] = useState(false);
  const shown = all || files.length <= most ? files : files.slice(0, most);
  return (
    <div role="group" aria-label={t('answerFiles')}>
      <p class="block-label" aria-hidden="true">
        {t('files')}
      </p>
      <div class="files">
        {shown.map((file) => (
          <FileCard key={placeOf(file.url)} file={file} fetched={fetched[placeOf(file.url)]} {...shared} />
        ))}
      </div>
      {shown.length < files.length && (
        <button class="btn link small" type="button" onClick={() => setAll(true)}>
          {t('moreFiles', { n: files.length - shown.length })}
        </button>
      )}
    </div>
  );
}

interface CardProperties {
  readonly file: Run['files'][number];
  readonly of: string;
  readonly host: string;
  readonly fetched: FetchedFile | undefined;
  readonly actions: Actions;
}

/** One file; all that can be done with it is to be seen and has a name. */
function FileCard({ file, of, host, fetched, actions }: CardProperties): VNode {
  const name = nameOf(file);
  const place = placeOf(file.url);
  const act = (what: FileWish): void => actions.post({ type: 'answerFile', what, key: of, place });
  const from = foreignHost(file.url, host);
  const problem = fetched?.state === 'failed' ? fetched.problem : '';
  const isExpired = fetched?.state === 'expired';
  return (
    <div class={problem === '' ? 'file-card' : 'file-card whole'} role="group" aria-label={name}>
      <Thumb name={name} place={place} kind={kindOf(file)} fetched={fetched} act={act} />
      <div class="file-row">
        <span class="two" title={from === '' ? name : t('fileFrom', { name, host: from })}>
          <span class="cut">{isExpired ? t('linkExpired') : name}</span>
          <span class="sub num cut">{isExpired ? name : details(file, from)}</span>
        </span>
        {isExpired ? (
          <CardButton
            icon="refresh"
            label={t('freshLinkFor', { name })}
            hint={t('freshLink')}
            act={() => act('fresh')}
          />
        ) : (
          <CardButton icon="save" label={t('saveNamedAs', { name })} hint={t('saveFileAs')} act={() => act('save')} />
        )}
      </div>
      {problem !== '' && <p class="file-problem">{problem}</p>}
    </div>
  );
}

/** Dify says 0 of some whose size it does not know. */
function details({ size = 0 }: Run['files'][number], from: string): string {
  return [size > 0 ? formatSize(size, language) : '', from].filter((part) => part !== '').join(' · ');
}

function CardButton(properties: { icon: string; label: string; hint: string; act: () => void }): VNode {
  const { icon, label, hint, act } = properties;
  return (
    <button class="icon-btn" type="button" aria-label={label} title={hint} onClick={act}>
      <Icon name={icon} classes="s" />
    </button>
  );
}
