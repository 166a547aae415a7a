import { someConversation, someMessage } from '../../support/conversations.ts';
import assert from 'node:assert/strict';
import { conversationOf } from '../../../src/conversation/history.ts';
import { reduce } from '../../../src/conversation/reduce.ts';
import type { Conversation } from '../../../src/conversation/conversation.ts';
import type { Run } from '../../../src/conversation/run.ts';
import { getMessages } from '../../../src/dify/messages.ts';
import { clientAnswering, neverAborted } from '../../support/difyClient.ts';
import { exchangeOf, replayedRun, responseOf } from '../../support/recordedRuns.ts';

const t = (message: string): string => message;

/** The conversation in the recorded answer to `GET /messages`. */
async function historyIn(name: string, index: number): Promise<Conversation> {
  const client = clientAnswering(() => responseOf(exchangeOf(name, index)));
  const { messages } = await getMessages(client, { conversationId: 'c' }, neverAborted);
  return conversationOf('c', messages, t);
}

async function lastRunIn(name: string, index: number): Promise<Run | undefined> {
  return (await historyIn(name, index)).messages.at(-1)?.run;
}

describe('A conversation from the history', () => {
  it('rule 21: an empty answer says neither that it failed nor that it is whole', async () => {
    for (const [name, index] of [
      ['a/advanced-chat/client-abort-then-stop', 2],
      ['a/chat/messages-while-streaming', 1],
      ['b/reattach/chat-cut', 1],
    ] as const) {
      assert.equal((await lastRunIn(name, index))?.status.type, 'incomplete', name);
    }
  });

  it('rule 32: restores a turn that waits, with its form and the way back to its run', async () => {
    const run = await lastRunIn('b/human-input/chatflow-approve', 1);
    const { run: streamed } = await replayedRun('b/human-input/chatflow-approve', 0);

    assert.equal(run?.status.type, 'paused');
    assert.equal(run.text, streamed.text);
    assert.equal(run.runId, streamed.runId);
    assert.deepEqual(
      run.forms.map(({ form, state }) => [form.form_token, form.expiration_time, form.actions, state]),
      streamed.forms.map(({ form, state }) => [form.form_token, form.expiration_time, form.actions, state]),
    );
  });

  it('rules 9 and 32: takes over that a form was filled in elsewhere, and neither the text that the server stored twice nor that it is all', async () => {
    const { run } = await replayedRun('b/human-input/chatflow-approve', 0);
    const local = someConversation({
      id: 'c',
      messages: [someMessage({ key: 'k', query: 'q', askedAt: 1, run, forgotten: false })],
    });
    const conversation = await historyIn('b/human-input/chatflow-approve', 8);
    const after = reduce(local, { type: 'refreshed', conversation }).messages[0]?.run;

    assert.equal(after?.status.type, 'paused');
    assert.equal(after.text, 'Draft: Answer: Write about cats.\n\n');
    assert.deepEqual(
      after.forms.map(({ state }) => state.type),
      ['filled'],
    );
    assert.deepEqual(after.nodes, run.nodes);
  });

  it('rule 9: leaves a turn that was resumed here as it was shown, whatever the server stored of it', async () => {
    const { run } = await replayedRun('b/human-input/chatflow-approve', 0, 6);
    const local = someConversation({
      id: 'c',
      messages: [someMessage({ key: 'k', query: 'q', askedAt: 1, run, forgotten: false })],
    });
    const conversation = await historyIn('b/human-input/chatflow-approve', 8);

    assert.deepEqual(reduce(local, { type: 'refreshed', conversation }).messages[0]?.run, run);
  });

  for (const generation of ['a', 'b'] as const) {
    it(`leaves pictures in a text that the server stores without them: ${generation}/advanced-chat/tool-file`, async () => {
      const { run } = await replayedRun(`${generation}/advanced-chat/tool-file`, 0);
      const local = someConversation({ id: 'c', messages: [someMessage({ key: 'k', query: 'a cat', run })] });
      const conversation = await historyIn(`${generation}/advanced-chat/tool-file`, 1);
      const [stored] = conversation.messages.filter(({ run: { messageId } }) => messageId === run.messageId);
      const [after] = reduce(local, { type: 'refreshed', conversation }).messages;

      assert.doesNotMatch(stored?.run.text ?? '!', /!/);
      assert.match(run.text, /!\[.*\]\(.*\/files\/tools\/.*\)/);
      assert.equal(after?.run.text, run.text);
    });
  }

  it('has an agent’s rounds and files, and what was cited', async () => {
    const agent = await lastRunIn('a/agent-chat/tool-file', 1);
    const { run: streamed } = await replayedRun('a/agent-chat/tool-file', 0);
    const cited = (await historyIn('b/advanced-chat/normal', 3)).messages[0]?.run;

    assert.deepEqual(
      agent?.thoughts.map(({ calls, text }) => [calls.map(({ tool, result }) => [tool, result]), text]),
      streamed.thoughts.map(({ calls, text }) => [calls.map(({ tool, result }) => [tool, result]), text]),
    );
    assert.deepEqual(
      agent.files.map(({ id, type }) => [id, type]),
      streamed.files.map(({ id, type }) => [id, type]),
    );
    assert.ok((cited?.citations.length ?? 0) > 0);
  });

  it('rule 23: says that a turn failed, and the innermost message of its model', async () => {
    for (const name of ['a/chat/llm-cut-4', 'b/advanced-chat/llm-cut-4']) {
      const status = (await lastRunIn(name, 1))?.status;

      assert.equal(status?.type === 'failed' && status.failure.advice, 'Response ended prematurely', name);
    }
  });
});
