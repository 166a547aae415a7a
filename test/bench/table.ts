/** One measurement of ours, and what it is compared with, which was measured beside it. */
export interface Row {
  /** With the unit. */
  readonly what: string;
  readonly base: number;
  readonly ours: number;
  /** Largest ratio that is good; `undefined` where there is none. */
  readonly goal: number | undefined;
}

/** The medians of both, which take turns, so that what else the machine does weighs on both. The first round only warms up. */
export async function alternated(
  rounds: number,
  base: () => Promise<number>,
  ours: () => Promise<number>,
): Promise<{ readonly base: number; readonly ours: number }> {
  const all: { readonly base: number; readonly ours: number }[] = [];
  for (let n = 0; n <= rounds; n++) all.push({ base: await base(), ours: await ours() });
  const measured = all.slice(1);
  return { base: median(measured.map((round) => round.base)), ours: median(measured.map((round) => round.ours)) };
}

export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

/** The rows as a table; a ratio over its goal is marked. */
export function print(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ what }) => what.length));
  console.log(`${''.padEnd(width)}      base      ours     ratio      goal`);
  for (const { what, base, ours, goal } of rows) {
    const ratio = ours / base;
    const cells = [base, ours, ratio].map((value) => value.toFixed(2).padStart(10)).join('');
    const end = goal === undefined ? '' : `${`≤ ${goal}`.padStart(10)}${ratio > goal ? '  missed' : ''}`;
    console.log(what.padEnd(width) + cells + end);
  }
}
