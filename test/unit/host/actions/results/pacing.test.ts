import assert from 'node:assert/strict';
import { array, assert as check, asyncProperty, nat, record } from 'fast-check';
import { Pacing } from '../../../../../src/host/actions/results/pacing.ts';
import { TestClock } from '../../../../support/testClock.ts';

/** A document that notes when it was refreshed, and with how much. */
class Shown {
  readonly clock = new TestClock(0);
  readonly refreshes: { readonly at: number; readonly length: number }[] = [];
  length = 0;
  readonly pacing = new Pacing(this.clock, () => {
    this.refreshes.push({ at: this.clock.now(), length: this.length });
    this.pacing.handedOver(this.length);
  });

  grow(by: number): void {
    this.length += by;
    this.pacing.grown(this.length);
  }
}

describe('How often a growing document is refreshed', () => {
  it('shows the first piece at once, and what comes soon after it together', async () => {
    const shown = new Shown();

    shown.grow(5);
    shown.grow(5);
    await shown.clock.pass(40);
    shown.grow(5);
    await shown.clock.pass(200);

    assert.deepEqual(shown.refreshes, [
      { at: 0, length: 5 },
      { at: 100, length: 15 },
    ]);
  });

  it('always shows the last state, and nothing after it', async () => {
    const shown = new Shown();
    shown.grow(5);
    shown.grow(5);

    shown.pacing.end();
    shown.grow(5);
    await shown.clock.pass(1_000);

    assert.deepEqual(
      shown.refreshes.map(({ length }) => length),
      [5, 10],
    );
  });

  it('refreshes an answer of two minutes ten times a second at first, and then farther and farther apart', async () => {
    const shown = new Shown();
    for (let step = 0; step < 12_000; step++) {
      shown.grow(8);
      await shown.clock.pass(10);
    }
    shown.pacing.end();

    const gaps = shown.refreshes.slice(1).map(({ at }, index) => at - (shown.refreshes[index]?.at ?? 0));
    assert.ok(gaps.slice(0, 30).every((gap) => gap === 100));
    assert.ok((gaps.at(-2) ?? 0) > 3_000 && Math.max(...gaps) < 10_000, String(gaps.at(-2)));
  });

  it('hands over at most twenty times the text, whatever the text grows by, and at most ten times a second', async () => {
    await check(
      asyncProperty(
        array(record({ by: nat(3_000), after: nat(300) }), { minLength: 1, maxLength: 200 }),
        async (steps) => {
          const shown = new Shown();
          for (const { by, after } of steps) {
            shown.grow(by);
            assert.ok(shown.pacing.total <= 20 * shown.length);
            await shown.clock.pass(after);
          }
          shown.pacing.end();
          assert.ok(shown.pacing.total <= 20 * shown.length);
          const before = shown.refreshes.slice(0, -1);
          const gaps = before.slice(1).map(({ at }, index) => at - (before[index]?.at ?? 0));
          assert.ok(gaps.every((gap) => gap >= 100));
          assert.equal(shown.refreshes.at(-1)?.length, shown.length);
        },
      ),
      { numRuns: 30 },
    );
  });
});
