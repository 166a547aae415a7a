import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';

/** How long a button says that it has copied, in milliseconds. */
export const copiedFor = 1500;

/** A button that says for a moment that it has copied. */
export function CopyButton({ label, copy }: { readonly label: string; readonly copy: () => void }): VNode {
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    if (!isDone) return undefined;
    const timer = setTimeout(() => setDone(false), copiedFor);
    return () => clearTimeout(timer);
  }, [isDone]);
  const act = (): void => {
    copy();
    setDone(true);
  };
  const name = isDone ? t('copied') : label;
  return (
    <button class="icon-btn" type="button" aria-label={name} title={name} onClick={act}>
      <Icon name={isDone ? 'check' : 'copy'} />
    </button>
  );
}
