import type { ContextItem } from '../../conversation/conversation.ts';
import { formatSize } from '../../conversation/format.ts';
import { language, t } from '../locale.ts';

/** What a context is called in few words: `client.ts:12–38`, "Problems, client.ts". */
export function contextLabel({ kind, name, lines }: ContextItem): string {
  const file = baseName(name);
  switch (kind) {
    case 'selection':
    case 'file':
      return lines === undefined ? file : `${file}:${linesText(lines)}`;
    case 'problems':
    case 'diff':
    case 'clipboard':
      return file === '' ? kindName(kind) : `${kindName(kind)}, ${file}`;
  }
}

export function kindName(kind: ContextItem['kind']): string {
  const names = {
    selection: t('selection'),
    file: t('file'),
    problems: t('problems'),
    diff: t('changes'),
    clipboard: t('clipboard'),
  };
  return names[kind];
}

/** Name of a codicon. */
export function contextIcon(kind: ContextItem['kind']): string {
  const icons = {
    selection: 'selection',
    file: 'file-code',
    problems: 'warning',
    diff: 'diff',
    clipboard: 'clippy',
  };
  return icons[kind];
}

/** "0.9 kB"; '' for a size that nobody knows yet. */
export function sizeText(size: number): string {
  return size === 0 ? '' : formatSize(size, language);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function linesText([first, last]: readonly [number, number]): string {
  return first === last ? `${first}` : `${first}–${last}`;
}
