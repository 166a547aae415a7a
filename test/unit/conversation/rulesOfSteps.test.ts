import assert from 'node:assert/strict';
import { reduceRun } from '../../../src/conversation/reduceRun.ts';
import type { Run } from '../../../src/conversation/run.ts';
import { replayedRun } from '../../support/recordedRuns.ts';

const nodesOf = ({ nodes }: Run): readonly string[] => nodes.map(({ title, status }) => `${title}: ${status}`);

describe('The steps of a run, as two real servers tell them', () => {
  for (const name of [
    'b/advanced-chat/default-value',
    'a/advanced-chat/default-value',
    'a/workflow/handled-error',
    'b/workflow/handled-error',
  ]) {
    it(`rule 24: shows the real error of a node that was handled, and the run as a success: ${name}`, async () => {
      const { run } = await replayedRun(name, 0);
      const handled = run.nodes.find(({ status }) => status === 'exception');

      assert.equal(run.status.type, 'done');
      assert.notEqual(handled, undefined);
      assert.notEqual(handled?.error, 'Unknown error');
      assert.notEqual(handled?.error, undefined);
    });
  }

  it('rule 24: keeps the real error when a snapshot tells the node again, with less', async () => {
    const { run } = await replayedRun('b/advanced-chat/default-value', 0);
    const handled = run.nodes.find(({ status }) => status === 'exception');
    assert.ok(handled);
    const node = { ...handled, error: 'Unknown error', seconds: undefined };
    const again = reduceRun({ ...run, status: { type: 'answering' } }, { type: 'nodeEnded', node });

    assert.deepEqual(again.nodes, run.nodes);
  });

  it('rule 26: draws nodes in order of arrival, and rounds as both kinds of container count them', async () => {
    const parts = async (name: string): Promise<readonly string[]> => {
      const { nodes } = (await replayedRun(name, 0)).run;
      return nodes.map(({ container, round, rounds, title }) => `${title} ${container === undefined ? rounds : round}`);
    };
    const iteration = ['Start 0', 'Branch 0', 'Items 0', 'Each item 3', 'Item model 0', 'Item model 1', 'Item model 2'];
    const loop = ['Start 0', 'Branch 0', 'Three rounds 3', 'Add one 0', 'Add one 1', 'Add one 2', 'Answer 0'];

    assert.deepEqual((await parts('a/advanced-chat/iteration')).slice(0, 7), iteration);
    assert.deepEqual((await parts('b/advanced-chat/iteration')).slice(0, 7), iteration);
    assert.deepEqual(await parts('a/advanced-chat/loop'), loop);
    assert.deepEqual(await parts('b/advanced-chat/loop'), loop);
    const { run } = await replayedRun('a/advanced-chat/parallel', 0);
    assert.deepEqual(nodesOf(run).slice(2, 4), ['Left: succeeded', 'Right: succeeded']);
    const retried = (await replayedRun('b/advanced-chat/node-retry', 0)).run.nodes.find(({ retries }) => retries > 0);
    assert.deepEqual([retried?.title, retried?.retries, retried?.status], ['Flaky HTTP', 2, 'succeeded']);
  });

  it('rule 27: has the reasoning that a model gives apart from its answer', async () => {
    const chatflow = await replayedRun('b/special/reasoning-chatflow', 0);
    const workflow = await replayedRun('b/special/reasoning-workflow', 0);

    assert.equal(chatflow.run.reasoning, 'The user wants a test.\nI will answer briefly.');
    assert.equal(workflow.run.reasoning, chatflow.run.reasoning);
    assert.doesNotMatch(chatflow.run.text, /<think>/);
  });

  for (const name of [
    'a/agent-chat/one-tool',
    'b/agent-chat/one-tool',
    'a/agent-chat/tool-json',
    'b/agent-chat/react',
  ]) {
    it(`rule 28: upserts the rounds of an agent, and takes its tools apart: ${name}`, async () => {
      const { run } = await replayedRun(name, 0);
      const [first] = run.thoughts;

      assert.deepEqual(
        run.thoughts.map(({ position }) => position),
        run.thoughts.map((_, index) => index + 1),
      );
      assert.equal(typeof JSON.parse(first?.calls[0]?.input?.text ?? ''), 'object');
      assert.notEqual(first?.calls[0]?.result, undefined);
      assert.doesNotMatch(first?.text ?? '', /^(.+)\1$/, 'a thought that is told twice over');
    });
  }

  it('rule 28: an error of a tool is a plain result, and the run goes on', async () => {
    const { run } = await replayedRun('a/agent-chat/tool-json', 2);

    assert.equal(run.status.type, 'done');
    assert.notEqual(run.thoughts[0]?.calls[0]?.result, undefined);
  });

  it('rule 29: takes the one message of a New Agent', async () => {
    const { run } = await replayedRun('b/agent/first-turns', 4);

    assert.equal(run.status.type, 'done');
    assert.notEqual(run.text, '');
    assert.equal(run.usage, undefined);
  });

  it('rule 34: a paused run cannot be stopped', async () => {
    const { run } = await replayedRun('b/human-input/workflow-stop-while-paused', 0);

    assert.equal(run.status.type, 'paused');
    assert.equal(run.stoppable, false);
    assert.equal(run.forms[0]?.state.type, 'open');
    assert.notEqual(run.forms[0]?.form.form_token, undefined);
  });

  it('rule 33: knows a form that goes out by e-mail', async () => {
    const { run } = await replayedRun('b/human-input/workflow-email-only', 0);

    assert.equal(run.status.type, 'paused');
    assert.equal(run.forms[0]?.form.display_in_ui, false);
  });

  it('knows a form whose deadline passed', async () => {
    const { run } = await replayedRun('b/human-input/chatflow-timeout', 0, 1);

    assert.equal(run.forms[0]?.state.type, 'expired');
    assert.equal(run.status.type, 'done');
  });
});
