import { someQuestion, someConversation, someMessage } from '../../support/conversations.ts';
import assert from 'node:assert/strict';
import { emptyConversation } from '../../../src/conversation/conversation.ts';
import { reduce } from '../../../src/conversation/reduce.ts';
import type { Run, RunEvent } from '../../../src/conversation/run.ts';
import { exchangeOf, replayedRun } from '../../support/recordedRuns.ts';
import { bodyOf } from '../../support/recordings.ts';

const nodesOf = ({ nodes }: Run): readonly string[] => nodes.map(({ title, status }) => `${title}: ${status}`);

/** The streamed pieces, put together by somebody who knows nothing of replacements. */
const preview = (events: readonly RunEvent[]): string =>
  events.map((event) => (event.type === 'textAppended' ? event.text : '')).join('');

/** The answer in the history that the exchange read. */
function storedAnswer(name: string, index: number): string {
  const { data } = JSON.parse(bodyOf(exchangeOf(name, index)).toString()) as { data: { answer: string }[] };
  return data.at(-1)?.answer ?? '';
}

describe('The answer of a run, as two real servers tell it', () => {
  it('rule 1: says that the earlier turns are gone when another conversation answers', async () => {
    const name = 'b/advanced-chat/wrong-conversation';
    const { conversation_id: id } = exchangeOf(name, 1).request.body as { conversation_id: string };
    const { events } = await replayedRun(name, 1);
    const asked = reduce(
      { ...emptyConversation, id },
      someQuestion({ key: 'k', query: 'q', askedAt: 1, replaces: undefined }),
    );
    const after = (events[0] ?? []).reduce((now, event) => reduce(now, { type: 'run', key: 'k', event }), asked);

    assert.equal(after.messages[0]?.forgotten, true);
    assert.notEqual(after.id, id);
  });

  for (const [name, history] of [
    ['a/advanced-chat/llm-cut-4', 1],
    ['b/advanced-chat/stop-in-slow-node', 2],
    ['b/special/chatflow-fails-after-text', 1],
  ] as const) {
    it(`rule 5: keeps the text that was shown where the history has none: ${name}`, async () => {
      const { run } = await replayedRun(name, 0);
      const local = someConversation({
        id: 'c',
        messages: [someMessage({ key: 'k', query: 'q', askedAt: 1, run, forgotten: false })],
      });
      const stored = { ...run, text: storedAnswer(name, history) };
      const conversation = someConversation({
        id: 'c',
        messages: [someMessage({ key: 'm', query: 'q', askedAt: 1, run: stored, forgotten: false })],
      });

      assert.equal(stored.text, '');
      assert.notEqual(run.text, '');
      assert.equal(reduce(local, { type: 'refreshed', conversation }).messages[0]?.run.text, run.text);
    });
  }

  it('rules 6 and 7: a snapshot leaves the shown text, and the end of the workflow tells what was missed', async () => {
    const name = 'b/reattach/chatflow-cut-snapshot';
    const { run, events } = await replayedRun(name, 0, 1);
    const [before = [], attached = []] = events;
    const replacements = attached.filter(({ type }) => type === 'textReplaced');

    assert.equal(before.at(-1)?.type, 'incomplete');
    assert.equal(replacements.length, 1, 'only at the end');
    assert.equal(run.status.type, 'done');
    assert.equal(run.text, storedAnswer(name, 2));
    assert.notEqual(preview(before) + preview(attached), run.text);
    assert.ok(nodesOf(run).every((node) => node.endsWith(': succeeded')));
  });

  it('rule 7: waits for the whole answer where the stream began after the workflow', async () => {
    const name = 'b/reattach/chatflow-cut';
    const { run } = await replayedRun(name, 0, 3);

    assert.equal(run.text, storedAnswer(name, 4));
    assert.equal(run.status.type, 'done');
  });

  it('rule 7: has the answer of a chatflow that ended before the stream, as its text and not as outputs', async () => {
    const { run } = await replayedRun('b/reattach/chatflow-cut-never-back', 0, 2);

    assert.equal(run.text, storedAnswer('b/reattach/chatflow-cut-never-back', 1));
    assert.equal(run.outputs, undefined);
    assert.equal(run.status.type, 'done');
  });

  it('rule 7: has all outputs of a workflow that was cut twice and attached to twice', async () => {
    const name = 'b/reattach/workflow-cut-snapshot';
    const { run } = await replayedRun(name, 0, 1, 2);
    const { outputs = {} } = run;

    assert.equal(run.status.type, 'done');
    assert.ok(Object.values(outputs).every((output) => typeof output !== 'string' || run.text.includes(output)));
    assert.deepEqual(
      nodesOf(run).filter((node) => !node.endsWith(': succeeded')),
      [],
    );
  });

  it('rule 7: puts several outputs together as Dify streams them, a list as a list', async () => {
    const { run, events } = await replayedRun('b/reattach/workflow-attach-at-once', 0, 1);

    assert.ok(Array.isArray(run.outputs?.['items']));
    assert.equal(run.text, preview(events[1] ?? []));
  });

  it('rule 8: the output of the workflow is the answer, the sum of the pieces a preview', async () => {
    const { run } = await replayedRun('b/special/chatflow-fails-after-text', 0);
    const two = await replayedRun('a/advanced-chat/two-answers', 0);

    assert.equal(run.status.type, 'failed');
    assert.notEqual(run.text, '', 'a failed run keeps what was shown');
    assert.equal(two.run.text, storedAnswer('a/advanced-chat/two-answers', 1));
  });

  it('rule 9: drops what is repeated after a pause, and has the Answer node that was neither streamed nor stored', async () => {
    const { run, events } = await replayedRun('b/human-input/chatflow-approve', 0, 6);

    assert.equal(preview(events[1] ?? []), '', 'all of it had been shown');
    assert.equal(run.text, 'Draft: Answer: Write about cats.\n\nApproved: Answer: Final: Nice 猫 Write about cats.');
    assert.equal(
      storedAnswer('b/human-input/chatflow-approve', 8),
      'Draft: Answer: Write about cats.\n\nDraft: Answer: Write about cats.\n\n',
    );
  });

  for (const name of ['a/chat/message-with-image', 'b/chat/message-with-image']) {
    it(`rule 10: takes an answer without a url for text, whatever its event is called: ${name}`, async () => {
      const { run } = await replayedRun(name, 2);

      assert.equal(run.status.type, 'done');
      assert.notEqual(run.text, '');
      assert.deepEqual(run.files, []);
    });
  }

  it('rule 46: reads nodes of more than a megabyte', async () => {
    const { run } = await replayedRun('a/completion/big-1mb', 0);

    assert.equal(run.status.type, 'done');
    assert.ok(run.text.length > 1_000_000);
  });
});
