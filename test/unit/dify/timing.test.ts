import assert from 'node:assert/strict';
import { Watchdog } from '../../../src/dify/timing.ts';

const waking = { late: 30, grace: 50 };

/** Nothing happens in this process meanwhile, as when the computer sleeps. */
function sleepDeeply(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('A time limit', () => {
  it('bites when no beat came for so long', async () => {
    await new Promise<void>((resolve) => new Watchdog(resolve).start(5));
  });

  it('does not bite after a sleep for what arrived during it', async () => {
    let bites = 0;
    const watchdog = new Watchdog(() => bites++, waking);
    watchdog.start(20);
    const { promise: arrived, resolve } = Promise.withResolvers<void>();
    setImmediate(() => {
      sleepDeeply(60);
      // Timers that became due are woken before anything is read.
      setImmediate(() => {
        watchdog.beat();
        resolve();
      });
    });
    await arrived;
    assert.equal(bites, 0);
    watchdog.stop();
  });

  it('bites soon after a sleep when nothing had arrived', async () => {
    const started = performance.now();
    await new Promise<void>((resolve) => {
      new Watchdog(resolve, waking).start(20);
      setImmediate(() => sleepDeeply(60));
    });

    assert.ok(performance.now() - started >= 110);
  });
});
