import assert from 'node:assert/strict';
import { ask } from '../../../src/conversation/ask.ts';
import { reduceRun } from '../../../src/conversation/reduceRun.ts';
import { newRun, type RunEvent } from '../../../src/conversation/run.ts';
import { chat } from '../../../src/dify/chat.ts';
import type { Limits } from '../../../src/dify/limits.ts';
import { bigNodeStream } from '../../support/bigNode.ts';
import { clientAnswering, neverAborted, streamOf } from '../../support/difyClient.ts';
import { words } from '../../support/recordedRuns.ts';

const question = { query: 'q', inputs: {}, conversation_id: '' };

/** What is told of a run in which a node gives so many characters. */
async function told(characters: number, limits: Partial<Limits> = {}): Promise<readonly RunEvent[]> {
  const client = clientAnswering(
    ({ pathname }) =>
      pathname.endsWith('/stop') ? Response.json({ result: 'success' }) : streamOf(bigNodeStream(characters)),
    limits,
  );
  return await Array.fromAsync(ask(chat(client, question, neverAborted), words));
}

describe('A node that gives megabytes', () => {
  for (const characters of [1_500_000, 8 * 1024 * 1024])
    it(`is told with the beginning and the size of it: ${characters} characters`, async () => {
      const events = await told(characters);
      const run = events.reduce(reduceRun, newRun);
      const [node] = run.nodes;

      assert.ok(JSON.stringify(events).length < 8_000, 'what goes to the page and to files');
      assert.equal(run.status.type, 'done');
      assert.equal(node?.inputs?.text, `{\n  "n": ${characters}\n}`);
      assert.equal(node?.outputs?.text.length, 2_000);
      assert.ok(Math.abs((node?.outputs?.size ?? 0) / characters - 1) < 0.2, `${node?.outputs?.size}`);
    });

  it('ends the answer where its event is over the limit: what came is kept, and it is said', async () => {
    const run = (await told(400_000, { event: 200_000, stop: 1 })).reduce(reduceRun, newRun);

    assert.equal(run.text, 'Kept.');
    assert.equal(run.status.type, 'incomplete');
    assert.equal(run.status.type === 'incomplete' && run.status.failure.fact, 'The answer is too long.');
    assert.deepEqual(
      run.nodes.map(({ title, status }) => [title, status]),
      [['Much', 'stopped']],
    );
  });
});
