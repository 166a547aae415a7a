import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ConversationList as List, ConversationRow } from '../../conversation/protocol.ts';
import type { Actions } from '../actions.ts';
import { isComposing } from '../composer/keys.ts';
import { useFocusGivenBack } from '../giveBackFocus.ts';
import { t } from '../locale.ts';
import { memo } from '../memo.ts';
import { beside, moveIn, rowsIn } from './listKeys.ts';
import { ListFoot } from './listFoot.tsx';
import { Row, type RowActs, type RowState } from './row.tsx';
import { SearchHead } from './searchHead.tsx';
import { type Group, groupOf, groups } from './times.ts';

interface Properties {
  /** `undefined` until the host has begun to read it. */
  readonly list: List | undefined;
  /** The key of the conversation that is shown. */
  readonly current: string;
  readonly actions: Actions;
}

/** The app's conversations, in place of the messages. */
export const ConversationList = memo(function ConversationList({ list, current, actions }: Properties): VNode {
  const root = useRef<HTMLElement>(null);
  const [renaming, setRenaming] = useState<string>();
  const [opening, open] = useOpening(list, current, actions);
  // The text is where one goes on in a conversation that was opened.
  useFocusGivenBack(opening !== undefined);
  useReading(actions);
  useFindings(list, actions);
  const acts: RowActs = {
    actions,
    open,
    rename: setRenaming,
    renamed: (key) => {
      setRenaming(undefined);
      requestAnimationFrame(() => rowOf(root.current, key)?.focus());
    },
    remove: ({ key }) => {
      focusBeside(root.current, key);
      actions.post({ type: 'delete', key });
    },
  };
  const stateOf = ({ key }: ConversationRow): RowState => ({
    isCurrent: key === current,
    isOpening: key === opening,
    isRenaming: key === renaming,
  });
  return (
    <section
      class="sheet"
      aria-label={t('conversations')}
      ref={root}
      onKeyDown={(event) => {
        if (isComposing(event) || event.defaultPrevented) return;
        if (keyDone(event, event.currentTarget, actions)) event.preventDefault();
      }}
    >
      <SearchHead scope={list?.scope ?? 'all'} actions={actions} />
      <div class="sheet-list" tabIndex={0} role="region" aria-label={t('results')}>
        {grouped(list?.rows ?? []).map(([group, rows]) => (
          <Rows key={group} heading={t(group)}>
            {rows.map((row) => (
              <Row key={row.key} row={row} {...stateOf(row)} {...acts} />
            ))}
          </Rows>
        ))}
        <ListFoot list={list} actions={actions} />
      </div>
    </section>
  );
});

/** The key of the row that is being opened, and what opens one. The list closes when its conversation is shown. */
function useOpening(
  list: List | undefined,
  current: string,
  actions: Actions,
): readonly [string | undefined, (key: string) => void] {
  const [opening, setOpening] = useState<{ readonly key: string; readonly from: string }>();
  useLayoutEffect(() => {
    if (opening === undefined) return;
    if (opening.key === current || opening.from !== current) actions.close();
    else if (list?.problem !== '' && list?.state !== 'reading') setOpening(undefined);
  }, [current, opening, list, actions]);
  const open = (key: string): void => {
    setOpening({ key, from: current });
    if (key !== current) actions.post({ type: 'openConversation', key });
  };
  return [opening?.key, open];
}

function Rows({ heading, children }: { readonly heading: string; readonly children: readonly VNode[] }): VNode {
  return (
    <>
      <h2 class="group-label">{heading}</h2>
      <ul class="plain">{children}</ul>
    </>
  );
}

/** Reads the list while it is there: at once, so that it is not read after what is typed by then. */
function useReading(actions: Actions): void {
  useLayoutEffect(() => {
    actions.post({ type: 'listConversations', search: '', scope: 'all' });
    return () => actions.wish('closeConversations');
  }, [actions]);
}

/** Lets a screen reader say what a search came to. */
function useFindings(list: List | undefined, actions: Actions): void {
  const { search = '', state = 'reading', rows = [] } = list ?? {};
  const n = rows.length;
  useEffect(() => {
    if (search !== '' && state === 'read') actions.announce(n === 0 ? t('nothingFound') : t('foundCount', { n }));
  }, [search, state, n, actions]);
}

function grouped(rows: readonly ConversationRow[]): readonly (readonly [Group, readonly ConversationRow[]])[] {
  const now = Date.now();
  const byGroup = Map.groupBy(rows, (row) => groupOf(row, now));
  return groups.flatMap((group) => {
    const those = byGroup.get(group);
    return those === undefined ? [] : [[group, those] as const];
  });
}

function rowOf(root: HTMLElement | null, key: string): HTMLElement | undefined {
  return rowsIn(root).find((row) => row.dataset['key'] === key);
}

/** The row after the one that goes, else the one before it, else the search. */
function focusBeside(root: HTMLElement | null, key: string): void {
  const rows = rowsIn(root);
  const next = beside(
    rows,
    rows.findIndex((row) => row.dataset['key'] === key),
  );
  (next ?? root?.querySelector('input'))?.focus();
}

function keyDone(event: KeyboardEvent, root: HTMLElement, actions: Actions): boolean {
  // A field has an undo of its own, if there is anything in it.
  const isField = event.target instanceof HTMLInputElement && event.target.value !== '';
  if (event.key === 'Escape') actions.close();
  else if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !isField) actions.wish('undoDelete');
  else return moveIn(root, event);
  return true;
}
