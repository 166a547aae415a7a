import assert from 'node:assert/strict';
import { answerOf, shownOutputs } from '../../../../../src/conversation/outputs.ts';
import { realClock, type Clock } from '../../../../../src/demo/clock.ts';
import { labApps } from '../../../../lab/apps.ts';
import { workflowVersions } from '../../../../lab/workflowApps.ts';
import { RunWindow } from '../../../../support/runWindow.ts';

/** A hundred times as fast. */
const clock: Clock = { now: () => Date.now(), sleep: (ms, signal) => realClock.sleep(ms / 100, signal) };

async function opened(name: string, generation: 'a' | 'b', lab = false): Promise<RunWindow> {
  const apps = lab ? { apps: labApps.map(({ app }) => app) } : {};
  const window = new RunWindow({ name, generation, server: { clock, ...apps } });
  await window.begin();
  return window;
}

describe('An app that is run by its form', () => {
  for (const generation of ['a', 'b'] as const) {
    it(`${generation}: a workflow is run, and gives its outputs by name`, async () => {
      const window = await opened('Demo Report', generation);

      const ran = await window.run({ text: 'One short text. Another sentence stands here.' });

      assert.equal(ran?.run.status.type, 'done');
      assert.deepEqual(window.sent, [
        {
          inputs: { text: 'One short text. Another sentence stands here.' },
          response_mode: 'streaming',
          user: await window.apps.user(),
        },
      ]);
      assert.deepEqual(
        shownOutputs(ran.run).map(({ name }) => name),
        ['summary', 'report'],
      );
      assert.match(answerOf(ran.run), /^### summary\n\n.*### report\n\n## A report on the text\n/s);
      assert.ok(ran.run.nodes.length > 5);
      assert.deepEqual([ran.query, ran.typed], ['', 'One short text. Another sentence stands here.']);
    });

    it(`${generation}: a text generator is run with every kind of field, and again with a change`, async () => {
      const window = await opened('Demo Writer', generation);
      window.chosen = [{ name: 'notes.md', size: 5, read: async () => new TextEncoder().encode('notes') }];
      await window.form.acts().chooseFiles({ type: 'chooseFiles', variable: 'source' });
      const { source } = window.filled;

      const first = await window.run({
        topic: 'Plan',
        points: 'One\nTwo',
        kind: 'Note',
        length: '5',
        greeting: true,
        facts: '{"a": 1}',
        ...(source === undefined ? {} : { source }),
      });

      assert.equal(first?.run.status.type, 'done');
      assert.notEqual(first.run.messageId, undefined);
      assert.deepEqual(
        first.files.map(({ name, size }) => [name, size]),
        [['notes.md', 5]],
      );
      assert.equal(first.typed, 'Plan, One Two, Note, 5, With a greeting, notes.md, { "a": 1 }');
      // What is in the fields now is what it was run with, under the names that the files have here.
      window.acts.refill({ type: 'refill', of: first.key });
      assert.deepEqual(window.filled['source'], [{ name: 'notes.md', size: 5, mapping: first.inputs?.['source'] }]);
      const second = await window.run({ topic: 'Another plan' });
      assert.equal(second?.inputs?.['topic'], 'Another plan');
      assert.deepEqual({ ...second.inputs, topic: 'Plan' }, first.inputs);
      assert.equal(window.conversation.messages.length, 2);
    });

    it(`${generation}: what is missing is said, and nothing is sent`, async () => {
      const window = await opened('Demo Report', generation);

      await window.run({ text: '' });

      assert.deepEqual(window.sent, []);
      assert.notEqual(window.form.state().form?.problems['text'] ?? '', '');
      assert.deepEqual(window.conversation.messages, []);
    });

    it(`${generation}: is run again with the same inputs, each run for itself`, async () => {
      const window = await opened('Demo Summarizer', generation);
      const first = await window.run({ query: 'A text. Another.' });

      await window.asking.askAgain(first?.key ?? '');

      assert.deepEqual(
        window.conversation.messages.map(({ inputs, again, run }) => [inputs, again, run.status.type]),
        [
          [{ query: 'A text. Another.' }, undefined, 'done'],
          [{ query: 'A text. Another.' }, undefined, 'done'],
        ],
      );
    });

    it(`${generation}: a run that Dify never took makes place for the next one; one that failed does not`, async () => {
      const window = await opened('Demo Report', generation);
      await window.apps.pinVersion('one', '0b9e9a6e-7f0c-4c55-9d3f-1f2e3d4c5b6a');
      const refused = await window.run({ text: 'A text.' });
      assert.equal(refused?.run.status.type, 'failed');
      await window.apps.pinVersion('one', undefined);

      await window.asking.askAgain(refused.key);

      assert.deepEqual(
        window.conversation.messages.map(({ run }) => run.status.type),
        ['done'],
      );
    });

    it(`${generation}: has no conversation on the server, and asks for none`, async () => {
      const window = await opened('Demo Report', generation);
      await window.run({ text: 'A text.' });

      await window.chat.newConversation();

      assert.deepEqual(window.conversation.messages, []);
      assert.deepEqual(
        window.calls.filter((call) => /conversations|messages/.test(call)),
        [],
      );
    });

    it(`${generation}: runs the pinned version`, async () => {
      const window = await opened('Versions', generation, true);
      const { apps } = window;
      await window.run({ text: 'hello' });
      await apps.pinVersion('one', workflowVersions[0]?.id);
      await window.run({ text: 'hello' });
      await apps.pinVersion('one', '0b9e9a6e-7f0c-4c55-9d3f-1f2e3d4c5b6a');
      const missing = await window.run({ text: 'hello' });

      assert.deepEqual(
        window.conversation.messages.map(({ run }) => run.text),
        ['version two: hello', 'version one: hello', ''],
      );
      assert.ok(missing?.run.status.type === 'failed');
      assert.equal(missing.run.status.failure.fact, 'The pinned version of this app does not exist any more.');
      await apps.pinVersion('one', undefined);
      assert.equal((await window.run({ text: 'hello' }))?.run.text, 'version two: hello');
    });
  }
});
