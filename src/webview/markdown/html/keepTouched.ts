/**
 * The blocks in their new form, where they are drawn again while an answer grows: folds stay as the reader opened or closed them, and a
 * form that is the same as before stays with what was entered.
 */
export function keepTouched(before: readonly HTMLElement[], after: readonly HTMLElement[]): HTMLElement[] {
  return after.map((block, index) => {
    const old = before[index];
    if (old?.matches('.answer-form') === true && old.isEqualNode(block)) return old;
    const folds = old?.querySelectorAll('details') ?? [];
    for (const [at, fold] of [...block.querySelectorAll('details')].entries()) {
      const known = folds[at];
      if (known?.dataset['touched'] === undefined) continue;
      fold.dataset['touched'] = '';
      fold.open = known.open;
    }
    return block;
  });
}
