import type { VNode } from 'preact';
import type { ConversationRow } from '../../conversation/protocol.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { language, t } from '../locale.ts';
import { isComposing } from '../composer/keys.ts';
import { RenameField } from './renameField.tsx';
import { formatDay } from './times.ts';

/** What can be done with rows. */
export interface RowActs {
  readonly actions: Actions;
  readonly open: (key: string) => void;
  readonly remove: (row: ConversationRow) => void;
  readonly rename: (key: string) => void;
  /** The name was changed, or not. */
  readonly renamed: (key: string) => void;
}

export interface RowState {
  readonly isCurrent: boolean;
  readonly isOpening: boolean;
  readonly isRenaming: boolean;
}

interface RowProperties extends RowActs, RowState {
  readonly row: ConversationRow;
}

/** One conversation: opens it, and holds what can be done with it. */
export function Row(properties: RowProperties): VNode {
  const { row, isCurrent, isRenaming, actions, open, remove, rename, renamed } = properties;
  const { excerpt, key } = row;
  const title = titleOf(row);
  if (isRenaming) {
    return (
      <li class="conv">
        <RenameField name={title} conversation={key} actions={actions} done={() => renamed(key)} />
      </li>
    );
  }
  return (
    <li
      class={`conv ${isCurrent ? 'on' : ''} ${excerpt === undefined ? '' : 'two-lines'}`.trimEnd()}
      onKeyDown={(event) => {
        if (isComposing(event)) return;
        if (event.key === 'F2') rename(key);
        else if (event.key === 'Delete') remove(row);
        else return;
        event.preventDefault();
      }}
    >
      <button
        class="open cut"
        type="button"
        data-key={key}
        title={title}
        aria-current={isCurrent ? 'true' : undefined}
        onClick={() => open(key)}
      >
        {title}
        {excerpt !== undefined && <span class="excerpt cut">{excerpt}</span>}
      </button>
      <State {...properties} />
      <Tools {...properties} />
    </li>
  );
}

/** What the row is called: the first question stands in for a name. */
export function titleOf({ name, firstQuestion }: Pick<ConversationRow, 'name' | 'firstQuestion'>): string {
  return name || firstQuestion || t('newConversation');
}

function State({ row, isOpening }: RowProperties): VNode {
  const when = <span class="when num">{formatDay(row.changedAt, Date.now(), language)}</span>;
  if (isOpening) return <i class="codicon codicon-loading s spin" role="img" aria-label={t('rowOpening')} />;
  switch (row.state) {
    case 'answering':
      return <i class="codicon codicon-loading s spin" role="img" aria-label={t('rowAnswering')} />;
    case 'needsYou':
      return <span class="tag">{t('rowNeedsYou')}</span>;
    case 'draft':
      return (
        <>
          <span class="tag">{t('rowDraft')}</span>
          {when}
        </>
      );
    case 'idle':
      return when;
  }
}

function Tools({ row, actions, rename, remove }: RowProperties): VNode {
  const { key, pinned } = row;
  return (
    <span class="conv-tools">
      <Tool
        icon={pinned ? 'pinned' : 'pin'}
        label={t(pinned ? 'unpinRow' : 'pinRow')}
        act={() => actions.post({ type: 'pin', key, pinned: !pinned })}
      />
      <Tool icon="edit" label={t('renameRow')} hint={t('renameHint')} act={() => rename(key)} />
      <Tool icon="trash" label={t('deleteRow')} hint={t('deleteHint')} act={() => remove(row)} />
    </span>
  );
}

interface ToolProperties {
  readonly icon: string;
  readonly label: string;
  readonly hint?: string;
  readonly act: () => void;
}

function Tool({ icon, label, hint = label, act }: ToolProperties): VNode {
  return (
    <button class="icon-btn" type="button" aria-label={label} title={hint} onClick={act}>
      <Icon name={icon} />
    </button>
  );
}
