import type { Run } from '../conversation/run.ts';

/** From which run a run came, and by which text it grew. */
const steps = new WeakMap<Run, { readonly before: Run; readonly text: string }>();

/** Remembers that `after` is `before` with `text` at its end. */
export function noteGrowth(before: Run, after: Run, text: string): void {
  if (before !== after) steps.set(after, { before, text });
}

/**
 * The text by which `run` is longer than `shown`, without reading either: comparing a long answer with what is shown of it, many
 * times a second, would cost more than showing it. `undefined` if the one did not grow out of the other; forgets what it was asked.
 */
export function growthSince(shown: Run, run: Run): string | undefined {
  const texts: string[] = [];
  let at = run;
  while (at !== shown) {
    const step = steps.get(at);
    if (step === undefined) return undefined;
    steps.delete(at);
    texts.push(step.text);
    at = step.before;
  }
  return texts.toReversed().join('');
}
