import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ContextItem } from '../../conversation/conversation.ts';
import type { Mentions, SlashCommand } from '../../conversation/protocol.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { baseName, contextIcon, contextLabel, kindName, linesText, sizeText } from './contextLabel.ts';
import { triggerAt, type Trigger } from './trigger.ts';

/** Id of the list, and beginning of those of its rows. */
export const listId = 'suggestions';

export interface Suggestion {
  readonly key: string;
  readonly icon: string;
  readonly label: string;
  readonly detail: string;
  /** What takes the place of the character and its filter. */
  readonly text: string;
  readonly take: () => void;
}

/** What is being chosen from, if anything. */
export interface Choosing {
  readonly type: Trigger['type'];
  readonly trigger: Trigger;
  readonly rows: readonly Suggestion[];
  readonly active: number;
  /** The rows are of an earlier filter: the host's are on their way. */
  readonly isStale: boolean;
  move(by: number): void;
  close(): void;
}

interface Given {
  /** The text and the cursor in it, as the person left them. */
  readonly typed: { readonly text: string; readonly caret: number } | undefined;
  readonly mentions: Mentions | undefined;
  readonly slash: readonly SlashCommand[];
  readonly actions: Actions;
}

/** Follows what is typed after `@` and `/`. */
export function useSuggestions({ typed, mentions, slash, actions }: Given): Choosing | undefined {
  const found = typed === undefined ? undefined : triggerAt(typed.text, typed.caret);
  // Who closed the list means the character itself, as long as it stands there.
  const [closedAt, setClosedAt] = useState<number>();
  const [active, setActive] = useState(0);
  const trigger = found?.from === closedAt ? undefined : found;
  const type = trigger?.type;
  const filter = trigger?.filter;
  useEffect(() => setActive(0), [type, filter]);
  useEffect(() => {
    if (found === undefined) setClosedAt(undefined);
  }, [found === undefined]);
  useEffect(() => {
    if (type === 'mention') actions.post({ type: 'mention', filter: filter ?? '' });
  }, [type, filter]);
  useEffect(() => (type === 'mention' ? () => actions.wish('closeMentions') : undefined), [type]);
  const rows = trigger === undefined ? [] : rowsOf(trigger, mentions, slash, actions);
  useEffect(() => {
    if (rows.length > 0) actions.announce(t('suggestions', { n: rows.length }));
  }, [type, rows.length]);
  if (trigger === undefined) return undefined;
  const last = Math.max(0, rows.length - 1);
  return {
    type: trigger.type,
    trigger,
    rows,
    active: Math.min(active, last),
    isStale: trigger.type === 'mention' && mentions?.filter !== trigger.filter,
    move: (by) => setActive((now) => (Math.min(now, last) + by + rows.length) % rows.length),
    close: () => setClosedAt(trigger.from),
  };
}

interface ListProperties {
  readonly choosing: Choosing;
  readonly take: (row: Suggestion) => void;
}

/** The list above the text. The focus stays in the text, which names the active row. */
export function SuggestionList({ choosing: { type, rows, active }, take }: ListProperties): VNode | null {
  if (rows.length === 0) return null;
  const name = type === 'mention' ? t('addContext') : t('commands');
  return (
    <div class="menu above suggestions" id={listId} role="listbox" aria-label={name}>
      {type === 'mention' && (
        <div class="menu-head" role="presentation">
          {name}
        </div>
      )}
      {rows.map((row, index) => (
        <Row key={row.key} row={row} index={index} isActive={index === active} take={take} />
      ))}
    </div>
  );
}

interface RowProperties {
  readonly row: Suggestion;
  readonly index: number;
  readonly isActive: boolean;
  readonly take: (row: Suggestion) => void;
}

function Row({ row, index, isActive, take }: RowProperties): VNode {
  return (
    <div
      class={isActive ? 'menu-item on' : 'menu-item'}
      id={rowId(index)}
      role="option"
      aria-selected={isActive}
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: 'nearest' });
      }}
      // The text keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => take(row)}
    >
      <Icon name={row.icon} />
      <span class="cut">{row.label}</span>
      <span class="end-slot num">{row.detail}</span>
    </div>
  );
}

export function rowId(index: number): string {
  return `${listId}-${index}`;
}

function rowsOf(
  trigger: Trigger,
  mentions: Mentions | undefined,
  slash: readonly SlashCommand[],
  actions: Actions,
): readonly Suggestion[] {
  if (trigger.type === 'mention') return (mentions?.items ?? []).map((item) => mentionRow(item, actions));
  const typed = trigger.filter.toLowerCase();
  return slash.filter(({ name }) => name.toLowerCase().startsWith(typed)).map((command) => slashRow(command, actions));
}

function mentionRow(item: ContextItem, actions: Actions): Suggestion {
  const isFile = item.kind === 'file';
  return {
    key: item.key,
    icon: contextIcon(item.kind),
    label: isFile ? contextLabel(item) : kindName(item.kind),
    detail: [placeOf(item), sizeText(item.size)].filter((part) => part !== '').join(' · '),
    text: isFile ? baseName(item.name) : '',
    take: () => actions.post({ type: 'attach', key: item.key }),
  };
}

/** What the label does not say: of a file its folder, of anything else the file. */
function placeOf({ kind, name, lines }: ContextItem): string {
  if (kind === 'file') return name.slice(0, Math.max(0, name.lastIndexOf('/')));
  return lines === undefined ? baseName(name) : `${baseName(name)}:${linesText(lines)}`;
}

const slashIcons: Readonly<Record<string, string>> = {
  new: 'add',
  app: 'arrow-swap',
  export: 'export',
  clear: 'trash',
};

function slashRow({ name, description }: SlashCommand, actions: Actions): Suggestion {
  return {
    key: name,
    icon: slashIcons[name] ?? 'note',
    label: `/${name}`,
    detail: description,
    text: '',
    take: () => actions.runSlash(name),
  };
}
