import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ConversationList } from '../../conversation/protocol.ts';
import type { Actions } from '../actions.ts';
import { t } from '../locale.ts';
import { useSeconds } from '../transcript/useSeconds.ts';

/** How long a deletion can be undone, in seconds: the host decides, this only counts. */
const undoSeconds = 10;

interface Properties {
  readonly deleted: ConversationList['deleted'];
  readonly actions: Actions;
}

/** What was deleted, and a way to have it back. The region is always there, so that a screen reader hears what comes into it. */
export function DeletedToast({ deleted, actions }: Properties): VNode {
  return (
    <div class={deleted === undefined ? 'sr-only' : 'toast'} role="status">
      {deleted !== undefined && (
        <Deleted key={deleted.key} title={deleted.title} undo={() => actions.wish('undoDelete')} />
      )}
    </div>
  );
}

function Deleted({ title, undo }: { readonly title: string; readonly undo: () => void }): VNode {
  const since = useMemo(() => Date.now(), []);
  const left = Math.max(0, undoSeconds - useSeconds(since));
  return (
    <>
      <span class="cut" title={title}>
        {t('deletedRow', { title })}
      </span>
      <button class="btn link small" type="button" onClick={undo}>
        {t('undo')}
      </button>
      <span class="num muted" aria-hidden="true">
        {t('seconds', { n: left })}
      </span>
    </>
  );
}
