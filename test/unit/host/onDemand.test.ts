import assert from 'node:assert/strict';
import { OnDemand } from '../../../src/host/onDemand.ts';

describe('What is loaded on demand', () => {
  it('is loaded by the first to want it, once', async () => {
    let loaded = 0;
    const lamp = new OnDemand(() => Promise.resolve({ number: ++loaded }));
    assert.equal(loaded, 0);

    const [one, other] = await Promise.all([lamp.get(), lamp.get()]);

    assert.equal(one, other);
    assert.equal(await lamp.get(), one);
    assert.equal(loaded, 1);
  });

  it('is loaded again by the next one after a failure', async () => {
    let tries = 0;
    const lamp = new OnDemand(() => (++tries === 1 ? Promise.reject(new Error('No file')) : Promise.resolve('lamp')));

    await assert.rejects(lamp.get(), { message: 'No file' });
    assert.equal(await lamp.get(), 'lamp');
  });

  it('is told something if it was wanted, and is not loaded for it', async () => {
    const told: string[] = [];
    let loaded = 0;
    const lamp = new OnDemand(() => Promise.resolve(`lamp ${++loaded}`));
    lamp.ifWanted((each) => told.push(each));
    assert.deepEqual([loaded, told], [0, []]);
    await lamp.get();
    lamp.ifWanted((each) => told.push(each));
    await lamp.get();

    assert.deepEqual(told, ['lamp 1']);
  });

  it('is not told anything if it could not be loaded', async () => {
    const lamp = new OnDemand<string>(() => Promise.reject(new Error('No file')));
    const failed = assert.rejects(lamp.get());
    lamp.ifWanted(() => assert.fail('told'));

    await failed;
  });
});
