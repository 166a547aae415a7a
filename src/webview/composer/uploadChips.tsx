import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Upload } from '../../conversation/upload.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { sizeText } from './contextLabel.ts';
import { fileIcon } from './fileIcon.ts';
import { thumbnailOfAddress } from './thumbnail.ts';

interface Properties {
  readonly upload: Upload;
  readonly actions: Actions;
}

/** A file that goes along with the question: on its way, there, or not. */
export function UploadChip({ upload, actions }: Properties): VNode {
  const { key, name: file, size, state, canRetry } = upload;
  useThumbnail(upload, actions);
  const remove = (): void => actions.post({ type: 'upload', what: 'remove', key });
  return (
    <span class={state === 'failed' ? 'chip bad' : 'chip'} title={`${file}\n${sizeText(size)}`.trim()}>
      <Mark upload={upload} />
      <span class="cut">{labelOf(upload)}</span>
      {state === 'failed' && canRetry && (
        <button
          class="icon-btn"
          type="button"
          aria-label={t('retryUpload', { file })}
          onClick={() => actions.post({ type: 'upload', what: 'retry', key })}
        >
          <Icon name="refresh" classes="s" />
        </button>
      )}
      <button
        class="icon-btn"
        type="button"
        data-chip
        aria-label={state === 'uploading' ? t('cancelUploadOf', { file }) : t('removeContext', { name: file })}
        onClick={remove}
        onKeyDown={(event) => {
          if (event.key !== 'Delete' && event.key !== 'Backspace') return;
          event.preventDefault();
          remove();
        }}
      >
        <Icon name="close" classes="s" />
      </button>
    </span>
  );
}

function Mark({ upload: { state, type, thumbnail } }: Pick<Properties, 'upload'>): VNode {
  if (state === 'uploading') return <Icon name="loading" classes="s spin" />;
  if (state === 'failed') return <Icon name="error" classes="s error" />;
  return thumbnail === undefined ? <Icon name={fileIcon(type)} classes="s" /> : <img src={thumbnail} alt="" />;
}

function labelOf({ name: file, state, percent }: Upload): string {
  if (state === 'uploading') return t('uploadAt', { file, percent });
  return state === 'failed' ? t('notUploaded', { file }) : file;
}

/** The host has pictures and cannot scale them; a page can. */
function useThumbnail({ key, picture }: Upload, actions: Actions): void {
  useEffect(() => {
    if (picture === undefined) return;
    void thumbnailOfAddress(picture).then((small) => actions.post({ type: 'thumbnail', key, picture: small }));
  }, [key, picture]);
}
