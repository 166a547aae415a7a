import { t } from '../locale.ts';

/** Names a table's scroller for screen readers, by its size. */
export function labelTable(table: HTMLElement): void {
  if (!(table instanceof HTMLTableElement) || table.parentElement === null) return;
  const columns = table.tHead?.rows[0]?.cells.length ?? 0;
  table.parentElement.ariaLabel = t('table', { columns, rows: table.tBodies[0]?.rows.length ?? 0 });
}
