import type { Edge } from './graph.ts';

/** Edges as lines: `a > b`, a row of them `a > b > c`, and behind a branch `a:handle > b`. */
export function edges(...lines: readonly string[]): readonly Edge[] {
  return lines.flatMap((line) => {
    const ends = line.split(' > ');
    return ends.slice(1).map((end, index) => {
      const [from = '', handle] = (ends[index] ?? '').split(':');
      const [to = ''] = end.split(':');
      return { from, to, ...(handle === undefined ? {} : { handle }) };
    });
  });
}
