import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Actions } from '../actions.ts';
import { isComposing } from '../composer/keys.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';

interface Properties {
  readonly name: string;
  /** Its key. */
  readonly conversation: string;
  readonly actions: Actions;
  readonly done: () => void;
}

/** The longest name that Dify takes. */
const longest = 255;

/** A name in place of the row: Enter or leaving it keeps it, Esc leaves it as it was. */
export function RenameField({ name, conversation: key, actions, done }: Properties): VNode {
  const field = useRef<HTMLInputElement>(null);
  const end = useOnce(done);
  useLayoutEffect(() => field.current?.select(), []);
  const keep = (): void => {
    const typed = field.current?.value.trim() ?? '';
    if (typed === '' || typed === name) return;
    actions.post({ type: 'rename', key, name: typed });
    actions.announce(t('renamedTo', { title: typed }));
  };
  const suggest = (): void => {
    actions.post({ type: 'suggestName', key });
    actions.announce(t('suggestingTitle'));
  };
  return (
    <>
      <input
        ref={field}
        class="field"
        type="text"
        aria-label={t('rowTitle')}
        maxLength={longest}
        defaultValue={name}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (event.key === 'Enter') end(keep);
          else if (event.key === 'Escape') end();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        onBlur={({ relatedTarget }) => {
          const isSuggesting = relatedTarget instanceof Element && relatedTarget.matches('.suggest-title');
          if (!isSuggesting) end(keep);
        }}
      />
      <Suggest act={() => end(suggest)} />
    </>
  );
}

function Suggest({ act }: { readonly act: () => void }): VNode {
  const label = t('suggestTitle');
  return (
    <button class="icon-btn suggest-title" type="button" aria-label={label} title={label} onClick={act}>
      <Icon name="wand" />
    </button>
  );
}

/** Ends it once: leaving the field is also what closing it does. */
function useOnce(done: () => void): (act?: () => void) => void {
  const isOver = useRef(false);
  return (act) => {
    if (isOver.current) return;
    isOver.current = true;
    act?.();
    done();
  };
}
