import type { VNode } from 'preact';
import type { ContextItem } from '../../conversation/conversation.ts';
import type { EditorTarget } from '../../conversation/protocol.ts';
import type { Upload } from '../../conversation/upload.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { baseName, contextIcon, contextLabel, linesText, sizeText } from './contextLabel.ts';
import { UploadChip } from './uploadChips.tsx';

interface Properties {
  readonly contexts: readonly ContextItem[];
  readonly uploads: readonly Upload[];
  readonly editor: EditorTarget | undefined;
  readonly actions: Actions;
}

/** What goes along with the question, and the selection that may: it is offered, and never goes by itself. */
export function Chips({ contexts, uploads, editor, actions }: Properties): VNode | null {
  const offered = editor?.selection;
  const isAttached = offered !== undefined && contexts.some((item) => isSame(item, offered));
  if (contexts.length === 0 && uploads.length === 0 && (offered === undefined || isAttached)) return null;
  return (
    <div class="chips" role="group" aria-label={t('attached')} onKeyDown={moveAmongChips}>
      {contexts.map((item) => (
        <Chip key={item.key} item={item} actions={actions} />
      ))}
      {uploads.map((upload) => (
        <UploadChip key={upload.key} upload={upload} actions={actions} />
      ))}
      {offered !== undefined && !isAttached && <Offer item={offered} actions={actions} />}
    </div>
  );
}

function Chip({ item, actions }: { readonly item: ContextItem; readonly actions: Actions }): VNode {
  const label = contextLabel(item);
  // Of a long name the end is cut; its lines are still to be seen.
  const place = item.lines === undefined ? '' : `:${linesText(item.lines)}`;
  const shownName = label.slice(0, label.length - place.length);
  const detach = (): void => actions.post({ type: 'detach', key: item.key });
  return (
    <span class="chip" title={`${item.name}\n${sizeText(item.size)}`.trim()}>
      <Icon name={contextIcon(item.kind)} classes="s" />
      <span class="cut">{shownName}</span>
      {place !== '' && <span class="num">{place}</span>}
      <button
        class="icon-btn"
        type="button"
        data-chip
        aria-label={t('removeContext', { name: label })}
        onClick={detach}
        onKeyDown={(event) => {
          if (event.key !== 'Delete' && event.key !== 'Backspace') return;
          event.preventDefault();
          detach();
        }}
      >
        <Icon name="close" classes="s" />
      </button>
    </span>
  );
}

function Offer({ item, actions }: { readonly item: ContextItem; readonly actions: Actions }): VNode {
  const [first, last] = item.lines ?? [1, 1];
  return (
    <button
      class="chip ghost"
      type="button"
      title={t('addSelection', { file: baseName(item.name) })}
      onClick={() => actions.post({ type: 'attach', key: item.key })}
    >
      <Icon name="add" classes="s" />
      <span class="cut">{t('selectionOf', { n: last - first + 1 })}</span>
    </button>
  );
}

/** To the last chip: from an empty text, by Backspace. Whether there is one. */
export function focusLastChip(): boolean {
  const last = [...document.querySelectorAll<HTMLElement>('[data-chip]')].at(-1);
  last?.focus();
  return last !== undefined;
}

function moveAmongChips(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  const all = [...event.currentTarget.querySelectorAll('button')];
  const here = all.findIndex((button) => button === document.activeElement);
  const next = all[here + (event.key === 'ArrowLeft' ? -1 : 1)];
  event.preventDefault();
  next?.focus();
}

function isSame(one: ContextItem, other: ContextItem): boolean {
  return one.kind === other.kind && one.name === other.name && one.lines?.join() === other.lines?.join();
}
