import { validate } from './schema.ts';
import type { Call } from '../routes.ts';
import type { Field } from './schema.ts';

/** One page of a list, and whether rows lie behind it. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
}

export interface Order<Row> {
  /** Whole seconds: rows of the same second come in any order, and a cursor skips those that it did not show. */
  readonly of: (row: Row) => number;
  readonly descending: boolean;
}

interface Identified {
  readonly id: string;
}

/** The rows that follow `cursor` in the order given, `limit` of them. */
export function pageOf<Row extends Identified>(
  rows: readonly Row[],
  order: Order<Row>,
  cursor: Row | undefined,
  limit: number,
): Page<Row> {
  const sign = order.descending ? -1 : 1;
  const isBehind = (row: Row, other: Row): boolean => sign * (order.of(row) - order.of(other)) > 0;
  const sorted = rows.toSorted(
    (one, other) => sign * (order.of(one) - order.of(other)) || (one.id < other.id ? -1 : 1),
  );
  const page = sorted.filter((row) => cursor === undefined || isBehind(row, cursor)).slice(0, limit);
  const last = page.at(-1);
  const hasMore = page.length === limit && last !== undefined && rows.some((row) => isBehind(row, last));
  return { rows: page, hasMore };
}

/** The query's parameters, checked. */
export function checkedQuery(
  { query, server }: Call,
  name: string,
  fields: readonly Field[],
): ReadonlyMap<string, string> {
  const values = new Map(query);
  validate({ name, fields }, Object.fromEntries(values), server.generation.pydantic);
  return values;
}
