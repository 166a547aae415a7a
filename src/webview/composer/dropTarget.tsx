import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { bringsFiles } from './incoming.ts';

interface Properties {
  readonly drop: (transfer: DataTransfer) => void;
  /** As in `AppFace`. */
  readonly takesFiles: string;
}

/** Takes what is dropped anywhere on the page, and says so while it is dragged over it. */
export function DropTarget({ drop, takesFiles }: Properties): VNode | null {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!bringsFiles(event.dataTransfer)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      // From one element of the page to another it leaves nothing.
      if (event.relatedTarget === null) setOver(false);
    };
    const end = (event: DragEvent): void => {
      setOver(false);
      if (event.dataTransfer === null || !bringsFiles(event.dataTransfer)) return;
      event.preventDefault();
      drop(event.dataTransfer);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', end);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', end);
    };
  }, [drop]);
  if (!isOver) return null;
  return (
    <div class="drop" role="status">
      <Icon name="cloud-upload" />
      <strong>{t('dropHere')}</strong>
      <span class="muted">{takesFiles === '' ? t('dropTakes') : takesFiles}</span>
    </div>
  );
}
