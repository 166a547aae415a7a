import type { VNode } from 'preact';
import type { ConversationList } from '../../conversation/protocol.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';

interface Properties {
  /** `undefined` until the host has begun to read it. */
  readonly list: ConversationList | undefined;
  readonly actions: Actions;
}

/** What is to be said after the rows: that they are being read, that there are more, none, or not all. */
export function ListFoot({ list, actions }: Properties): VNode {
  if (list === undefined) return <Reading />;
  const { rows, search, state, problem, hasMore } = list;
  const more = (): void => actions.wish('moreConversations');
  return (
    <>
      {problem !== '' && <Problem problem={problem} retry={state === 'failed' ? more : undefined} />}
      {state === 'reading' && <Reading />}
      {state === 'read' && problem === '' && rows.length === 0 && <Nothing search={search} />}
      {state === 'read' && hasMore && (
        <div class="sheet-note">
          <button class="btn small" type="button" onClick={more}>
            {t('moreRows')}
          </button>
        </div>
      )}
    </>
  );
}

function Problem({ problem, retry }: { readonly problem: string; readonly retry: (() => void) | undefined }): VNode {
  return (
    <div class="sheet-note" role="alert">
      <Icon name="warning" classes="s warn" /> {problem}{' '}
      {retry !== undefined && (
        <button class="btn link small" type="button" onClick={retry}>
          {t('tryListAgain')}
        </button>
      )}
    </div>
  );
}

function Reading(): VNode {
  return (
    <p class="sheet-note">
      <Icon name="loading" classes="s spin" /> {t('readingList')}
    </p>
  );
}

function Nothing({ search }: { readonly search: string }): VNode {
  const words = search === '' ? t('noConversations') : `${t('nothingFound')} ${t('searchedLocally')}`;
  return <p class="sheet-note">{words}</p>;
}
