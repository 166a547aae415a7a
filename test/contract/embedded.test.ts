import assert from 'node:assert/strict';
import { cases } from './cases.ts';
import { nameOfReached, notReached } from './coverage.ts';
import { embeddedServer } from './embeddedServer.ts';
import { Learned } from './learned.ts';
import { Probe, type Reached } from './probe.ts';
import { trialsOf } from './trial.ts';

for (const generation of ['a', 'b'] as const) {
  const { apps, target } = await embeddedServer(generation);
  const learned = new Learned(generation);
  const names = new Set<string>();
  const reached = (answer: Reached): void => {
    names.add(nameOfReached(answer));
  };
  const rows = cases.filter(({ only }) => (only ?? generation) === generation);

  describe(`the embedded server as Dify ${generation === 'a' ? '1.11.2' : '1.14.2'}`, () => {
    for (const one of rows) {
      const trials = trialsOf(one, apps, generation);
      if (trials.length === 0) it(one.name);
      for (const { app, name } of trials) {
        it(name, async () => {
          const probe = new Probe(app, { generation, target, learned, apps, reached });
          await one.run(probe);
          await probe.clean();
        });
      }
    }
  });

  describe(`the cases for Dify ${generation === 'a' ? '1.11.2' : '1.14.2'}`, () => {
    it('reach every endpoint, status and mode that was recorded', function test() {
      // Some cases alone cannot.
      if (process.argv.includes('--grep') || process.argv.includes('-g')) this.skip();
      assert.deepEqual(notReached(generation, names), []);
    });
  });
}
