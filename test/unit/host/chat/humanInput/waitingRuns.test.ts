import assert from 'node:assert/strict';
import { ask } from '../../../../../src/conversation/ask.ts';
import { reduceRun } from '../../../../../src/conversation/reduceRun.ts';
import { resumption } from '../../../../../src/conversation/resumption.ts';
import type { Run } from '../../../../../src/conversation/run.ts';
import { afterWaiting } from '../../../../../src/host/chat/humanInput/waitingRuns.ts';
import { exchangeOf, replayedRun, turnOf, words } from '../../../../support/recordedRuns.ts';

/** What became of the run that the recording begins with, from one of its later streams. */
async function lookedAt(name: string, index: number): Promise<Run> {
  const { run } = await replayedRun(name, 0);
  const events = resumption(ask(turnOf(exchangeOf(name, index)), words, run.text), undefined);
  return (await Array.fromAsync(afterWaiting(events))).reduce(reduceRun, run);
}

describe('What became of a run that waited, as recorded', () => {
  for (const [name, index] of [
    ['b/human-input/workflow-global-timeout', 4],
    ['b/human-input/workflow-stop-while-paused', 5],
  ] as const) {
    it(`is not told as stopped by the person, where the server or somebody else ended it: ${name}`, async () => {
      const { status } = await lookedAt(name, index);

      assert.equal(status.type === 'failed' && status.failure.fact, 'The run was ended in Dify.');
    });
  }

  it('is all of its answer, from the one event that is left after its end', async () => {
    const { status, text } = await lookedAt('b/human-input/chatflow-approve', 9);

    assert.equal(status.type, 'done');
    assert.equal(text, 'Draft: Answer: Write about cats.\n\nApproved: Answer: Final: Nice 猫 Write about cats.');
  });

  it('is what the app does when nobody answered in time', async () => {
    for (const name of ['b/human-input/workflow-timeout', 'b/human-input/chatflow-timeout']) {
      const { status, text, forms } = await lookedAt(name, 1);

      assert.equal(status.type, 'done', name);
      assert.match(text, /timed out/i, name);
      assert.equal(forms[0]?.state.type, 'expired', name);
    }
  });
});
