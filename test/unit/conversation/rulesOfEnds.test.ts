import { someConversation, someCopy, someMessage } from '../../support/conversations.ts';
import assert from 'node:assert/strict';
import { reduceRun } from '../../../src/conversation/reduceRun.ts';
import type { Run } from '../../../src/conversation/run.ts';
import { restore, store } from '../../../src/conversation/stored.ts';
import { exchangeOf, replayedRun } from '../../support/recordedRuns.ts';

const statusOf = async (name: string, ...indexes: readonly number[]): Promise<string> =>
  (await replayedRun(name, ...indexes)).run.status.type;

const nodesOf = ({ nodes }: Run): readonly string[] => nodes.map(({ title, status }) => `${title}: ${status}`);

describe('The end of a run, as two real servers tell it', () => {
  for (const name of [
    'a/advanced-chat/server-killed',
    'b/advanced-chat/server-killed',
    'b/special/delete-conversation-while-streaming-chat-plain',
  ]) {
    it(`rule 2: an end of the stream without an end event is incomplete, never done: ${name}`, async () => {
      const { run } = await replayedRun(name, 0);

      assert.equal(run.status.type, 'incomplete');
      assert.notEqual(run.text, '');
    });
  }

  for (const name of ['b/special/workflow-missing-input-until-eof', 'b/advanced-chat/form-validation']) {
    it(`rule 12: an error without a code is the end, and its message is shown: ${name}`, async () => {
      const { run } = await replayedRun(name, name.endsWith('eof') ? 0 : 1);

      assert.equal(run.status.type, 'failed');
      assert.match(run.status.type === 'failed' ? run.status.failure.advice : '', /is required in input form/);
    });
  }

  for (const name of [
    'b/advanced-chat/annotation-hit',
    'a/advanced-chat/annotation-hit',
    'b/special/moderated-chatflow-until-eof',
  ]) {
    it(`rule 15: is done at message_end where no workflow is open: ${name}`, async () => {
      const { run, events } = await replayedRun(name, 0);

      assert.equal(run.status.type, 'done');
      assert.equal(events[0]?.filter(({ type }) => type === 'answered').length, 1);
      assert.deepEqual(run.nodes, []);
    });
  }

  for (const name of [
    'a/chat/slow-start',
    'b/chat/slow-start',
    'a/chat/silence-after-text',
    'b/advanced-chat/slow-node',
  ]) {
    it(`rule 16: hears no word for a long time, and pings, and is done at the end: ${name}`, async () => {
      const { response } = exchangeOf(name, 0);
      const { run, events } = await replayedRun(name, 0);

      assert.ok(response !== undefined && response.end_ms > 10_000);
      assert.equal(run.status.type, 'done');
      assert.equal(events[0]?.filter(({ type }) => type === 'started').length, 1);
    });
  }

  it('rule 17: accepts both orders of the last events, and the absence of either', async () => {
    assert.equal(await statusOf('a/advanced-chat/two-answers', 0), 'done');
    assert.equal(await statusOf('b/advanced-chat/two-answers', 0), 'done');
    assert.equal(await statusOf('a/advanced-chat/llm-cut-4', 0), 'failed');
    assert.equal(await statusOf('b/advanced-chat/llm-cut-4', 0), 'failed');
    assert.equal(await statusOf('a/advanced-chat/stop-again', 0), 'stopped');
    assert.equal(await statusOf('b/advanced-chat/stop-again', 0), 'stopped');
  });

  for (const name of [
    'a/workflow/stop-near-node-end',
    'b/advanced-chat/stop-in-slow-node',
    'b/advanced-chat/stop-other-user',
  ]) {
    it(`rule 18: a run that was aborted by a stop is stopped, not failed: ${name}`, async () => {
      const { run } = await replayedRun(name, 0);

      assert.equal(run.status.type, 'stopped');
      assert.ok(nodesOf(run).every((node) => !node.endsWith(': running')));
    });
  }

  it('a run that Dify says was stopped was not stopped by the person', async () => {
    for (const [name, ...indexes] of [
      ['b/human-input/workflow-global-timeout', 0, 4],
      ['b/workflow/stop-other-user', 0],
    ] as const) {
      const { run } = await replayedRun(name, ...indexes);
      assert.deepEqual(run.status, { type: 'stopped', because: 'server' }, name);
    }
  });

  it('rule 19: a run that was stopped stays stopped, whatever attaches to it, and in a file', async () => {
    const { run } = await replayedRun('b/reattach/workflow-stop', 0, 1);
    const message = someMessage({ key: 'k', query: 'q', askedAt: 1, run, forgotten: false });
    const stored: unknown = JSON.parse(store(someCopy(someConversation({ id: undefined, messages: [message] }))));

    assert.equal(run.status.type, 'stopped');
    assert.equal(reduceRun(run, { type: 'resumed' }), run);
    await assert.rejects(replayedRun('b/reattach/workflow-stop', 4), 'its stream has nothing but pings');
    const restored = restore(stored, (text) => text);
    assert.ok(restored !== undefined && restored !== 'newer');
    assert.equal(restored.conversation.messages[0]?.run.status.type, 'stopped');
  });

  it('rule 20: a stream that goes on after a pause ends with the run, whatever comes then', async () => {
    const { run, events } = await replayedRun('b/human-input/chatflow-approve', 10, 11);

    assert.equal(run.status.type, 'done');
    assert.equal(events[1]?.at(-1)?.type, 'answered');
  });

  for (const [name, text] of [
    ['a/chat/llm-err429', /rate/i],
    ['b/chat/llm-err401', /key|auth/i],
    ['a/advanced-chat/llm-cut-4', /./],
    ['a/advanced-chat/agent-node-llm-error', /^The server had an error/],
    ['b/advanced-chat/agent-node-llm-error', /^The server had an error/],
  ] as const) {
    it(`rule 23: shows the innermost message of a failing model: ${name}`, async () => {
      const { run } = await replayedRun(name, 0);
      const advice = run.status.type === 'failed' ? run.status.failure.advice : '';

      assert.match(advice, text);
      assert.doesNotMatch(advice, /PluginInvokeError|"args"|"error"|"error_type"/);
      assert.ok(run.nodes.every(({ error }) => error === undefined || error === advice));
    });
  }

  for (const name of ['a/completion/stop', 'b/completion/stop', 'b/agent-chat/stop-in-tool-round']) {
    it(`rule 25: knows no usage after a stop: ${name}`, async () => {
      const { run } = await replayedRun(name, 0);

      assert.equal(run.usage, undefined);
    });
  }

  it('rule 47: speech after the end of a message changes nothing', async () => {
    for (const name of ['a/chat/speech', 'b/special/tts-chat']) {
      const { run } = await replayedRun(name, name.startsWith('a') ? 1 : 0);
      assert.equal(run.status.type, 'done', name);
    }
  });
});
