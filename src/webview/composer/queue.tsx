import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Queued } from '../../conversation/protocol.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { memo } from '../memo.ts';
import { focusText } from './text.tsx';

interface Properties {
  readonly queue: readonly Queued[];
  /** The queue waits for the person, not for the answer. */
  readonly held: boolean;
  readonly answering: boolean;
  readonly actions: Actions;
}

/** Questions that wait for the answer before them. */
export const Queue = memo(function Queue(properties: Properties): VNode | null {
  return properties.queue.length === 0 ? null : <Rows {...properties} />;
});

function Rows({ queue, held, answering, actions }: Properties): VNode {
  const list = useRef<HTMLOListElement>(null);
  /** Key of the row that the person moved. */
  const moved = useRef('');
  // A row that changes its place loses the focus; it gets it back.
  useLayoutEffect(() => {
    const index = queue.findIndex(({ key }) => key === moved.current);
    moved.current = '';
    if (index >= 0) list.current?.children[index]?.querySelector('button')?.focus();
  }, [queue]);
  const move = (key: string, what: 'up' | 'down'): void => {
    moved.current = key;
    actions.post({ type: 'queue', what, key });
  };
  const first = queue[0]?.key ?? '';
  return (
    <section class="queue" aria-label={t('queuedMessages')}>
      <div class="queue-head">
        <span class="cut">
          {held && !answering ? t('queueHeld', { n: queue.length }) : t('queued', { n: queue.length })}
        </span>
        {answering ? (
          <button
            class="btn link small"
            type="button"
            onClick={() => actions.post({ type: 'queue', what: 'sendNow', key: first })}
          >
            {t('stopAndSend')}
          </button>
        ) : (
          <button class="btn link small" type="button" onClick={() => actions.wish('resumeQueue')}>
            {t('sendQueued')}
          </button>
        )}
      </div>
      <ol class="plain" ref={list}>
        {queue.map((queued, index) => (
          <Row key={queued.key} queued={queued} place={index + 1} move={move} actions={actions} />
        ))}
      </ol>
    </section>
  );
}

interface RowProperties {
  readonly queued: Queued;
  /** From 1. */
  readonly place: number;
  readonly move: (key: string, what: 'up' | 'down') => void;
  readonly actions: Actions;
}

function Row({ queued: { key, text, contexts }, place, move, actions }: RowProperties): VNode {
  const edit = t('editQueued', { n: place });
  const remove = t('deleteQueued', { n: place });
  return (
    <li
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        event.preventDefault();
        move(key, event.key === 'ArrowUp' ? 'up' : 'down');
      }}
    >
      <span class="cut">{text}</span>
      {contexts.length > 0 && (
        <span class="tiny muted num" title={t('attached')}>
          +{contexts.length}
        </span>
      )}
      <button
        class="icon-btn"
        type="button"
        aria-label={edit}
        title={t('editQueuedHint')}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        onClick={() => {
          actions.post({ type: 'queue', what: 'edit', key });
          focusText();
        }}
      >
        <Icon name="edit" classes="s" />
      </button>
      <button
        class="icon-btn"
        type="button"
        aria-label={remove}
        title={remove}
        onClick={() => actions.post({ type: 'queue', what: 'delete', key })}
      >
        <Icon name="close" classes="s" />
      </button>
    </li>
  );
}
