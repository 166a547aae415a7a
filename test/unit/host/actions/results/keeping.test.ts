import assert from 'node:assert/strict';
import { Keeping } from '../../../../../src/host/actions/results/keeping.ts';

describe('What comes', () => {
  it('is written while it comes, once for many pieces, and a last time at the end', async () => {
    const written: number[] = [];
    const { promise: first, resolve } = Promise.withResolvers<void>();
    let pieces = 0;
    const keeping = new Keeping(async () => {
      written.push(pieces);
      resolve();
    }, 1);
    for (; pieces < 1_000; pieces++) keeping.touch();
    await first;
    pieces++;
    await keeping.end();
    keeping.touch();

    assert.deepEqual(written, [1_000, 1_001]);
  });

  it('is not written again while it is being written', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: done, resolve: end } = Promise.withResolvers<void>();
    let writes = 0;
    const keeping = new Keeping(() => {
      writes++;
      begin();
      return done;
    }, 0);
    keeping.touch();
    await begun;
    keeping.touch();
    await new Promise((resolve) => setTimeout(resolve, 5));

    assert.equal(writes, 1);
    end();
    await keeping.end();
    assert.equal(writes, 2);
  });
});
