import assert from 'node:assert/strict';
import { previewOf } from '../../../../../src/conversation/preview.ts';
import { openValue } from '../../../../../src/host/chat/turns/stepValues.ts';
import { replayedRun } from '../../../../support/recordedRuns.ts';
import { answeredMessage } from './turnWorld.ts';

type Wanted = Parameters<typeof openValue>[1];

/** What becomes of the wish: what is copied, opened and said. */
async function doneFor(message: Parameters<typeof openValue>[0], wanted: Partial<Wanted>): Promise<readonly unknown[]> {
  const done: unknown[] = [];
  await openValue(
    message,
    { type: 'openValue', key: 'k', step: '', what: 'output', how: 'copy', ...wanted },
    {
      copy: async (text) => done.push(['copied', text]),
      open: async (text, language) => done.push(['opened', text, language]),
      tell: (sentence) => done.push(['told', sentence]),
    },
  );
  return done;
}

describe('What a step got and gave', () => {
  it('is copied or opened, of a node and of a tool', async () => {
    const workflow = (await replayedRun('a/advanced-chat/node-retry', 0)).run;
    const agent = (await replayedRun('b/agent-chat/tool-json', 0)).run;
    const branch = workflow.nodes.find(({ nodeType }) => nodeType === 'if-else')?.id ?? '';
    const thought = agent.thoughts[0]?.id ?? '';

    assert.deepEqual(await doneFor(answeredMessage(workflow), { step: branch, how: 'open' }), [
      ['opened', '{\n  "result": true,\n  "selected_case_id": "retry"\n}', 'json'],
    ]);
    assert.deepEqual(await doneFor(answeredMessage(agent), { step: thought, call: 0, what: 'input' }), [
      ['copied', '{\n  "word": "zeppelin"\n}'],
    ]);
  });

  it('is whole where the page has its beginning, and said to be cut where nobody has more', async () => {
    const call = { tool: 't', labels: {}, input: undefined, seconds: undefined };
    const results = ['x'.repeat(200_000), 'x'.repeat(300_000)].map((text) => ({ ...call, result: previewOf(text) }));
    const message = answeredMessage({ thoughts: [{ id: 'a', position: 1, text: '', files: [], calls: results }] });

    assert.deepEqual(await doneFor(message, { step: 'a', call: 0 }), [['copied', 'x'.repeat(200_000)]]);
    assert.deepEqual(await doneFor(message, { step: 'a', call: 1, how: 'open' }), [
      ['opened', 'x'.repeat(2_000), 'plaintext'],
      ['told', 'This is the beginning only. The rest was not kept.'],
    ]);
  });

  it('is nothing where there is none', async () => {
    for (const wanted of [{ step: 'gone' }, { step: 'gone', call: 0 }, { call: 7 }, { call: -1 }])
      assert.deepEqual(await doneFor(answeredMessage(), wanted), []);
    assert.deepEqual(await doneFor(undefined, {}), []);
  });
});
