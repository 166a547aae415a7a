/** The buttons that open the rows, in their order. */
export function rowsIn(root: HTMLElement | null): readonly HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>('.conv .open') ?? [])];
}

/** The neighbour of a row: the next one, or the one before the last. */
export function beside(rows: readonly HTMLElement[], at: number): HTMLElement | undefined {
  return at === -1 ? undefined : (rows[at + 1] ?? rows[at - 1]);
}

/** Moves the focus through the rows. @returns whether the key is one that moves */
export function moveIn(root: HTMLElement, event: KeyboardEvent): boolean {
  const { key, target } = event;
  if (event.altKey || event.ctrlKey || event.metaKey || !(target instanceof HTMLElement)) return false;
  const search = root.querySelector<HTMLElement>('[role="searchbox"]');
  // Other fields have keys of their own.
  if (target instanceof HTMLInputElement && target !== search) return false;
  const next = targetOf(key, rowsIn(root), target.closest('.conv')?.querySelector('.open') ?? target, search);
  next?.focus();
  return next !== undefined;
}

function targetOf(
  key: string,
  rows: readonly HTMLElement[],
  from: Element,
  search: HTMLElement | null,
): HTMLElement | undefined {
  const here = rows.findIndex((row) => row === from);
  switch (key) {
    case 'ArrowDown':
      return rows[here + 1];
    case 'ArrowUp':
      return (here > 0 ? rows[here - 1] : search) ?? undefined;
    case 'Home':
      return here === -1 ? undefined : rows[0];
    case 'End':
      return here === -1 ? undefined : rows.at(-1);
    default:
      return undefined;
  }
}
