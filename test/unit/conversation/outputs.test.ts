import assert from 'node:assert/strict';
import { answerOf, outputText, shownOutputs } from '../../../src/conversation/outputs.ts';
import { newRun, type Run } from '../../../src/conversation/run.ts';
import { isFields } from '../../../src/dify/json.ts';
import { replayedRun } from '../../support/recordedRuns.ts';
import { everyRecording } from '../../support/recordings.ts';

function ended(change: Partial<Run>): Run {
  return { ...newRun, status: { type: 'done' }, ...change };
}

describe('The outputs of a workflow', () => {
  it('are shown by name: texts as they are, values as words, the rest as JSON', () => {
    const outputs = { text: '# A', n: 1.5, ok: false, list: [1, { a: '```' }], none: null, empty: '' };

    assert.deepEqual(shownOutputs(ended({ outputs, text: 'joined' })), [
      { name: 'text', markdown: '# A' },
      { name: 'n', markdown: '1.5' },
      { name: 'ok', markdown: 'false' },
      { name: 'list', markdown: `\`\`\`\`json\n${JSON.stringify([1, { a: '```' }], null, 2)}\n\`\`\`\`` },
    ]);
  });

  it('are the text of the answer where there is one text only, which needs no name', () => {
    const run = ended({ outputs: { text: 'Hi', file: [{ dify_model_identity: '__dify__file__' }] }, text: 'Hi' });

    assert.deepEqual(shownOutputs(run), []);
    assert.equal(answerOf(run), 'Hi');
    assert.deepEqual(shownOutputs(ended({ outputs: { text: 'Hi' }, text: '' })), [{ name: '', markdown: 'Hi' }]);
  });

  it('go into a document one by one', () => {
    const run = ended({ outputs: { text: 'Hi', list: [1] } });

    assert.deepEqual(
      ['text', 'list', 'toString', 'none'].map((name) => outputText(run, name)),
      ['Hi', '[\n  1\n]', '', ''],
    );
  });

  it('have no name where one value is all that there is', () => {
    const run = ended({ outputs: { count: 7 }, text: '7' });

    assert.deepEqual(shownOutputs(run), [{ name: '', markdown: '7' }]);
  });

  it('are told once where files are among them: those are shown as files', async () => {
    for (const generation of ['a', 'b']) {
      const { run } = await replayedRun(`${generation}/workflow/tool-file`, 0);

      assert.equal(answerOf(run), 'Here is a picture of a cat.');
      assert.deepEqual(
        run.files.map(({ type }) => type),
        ['image'],
      );
    }
  });

  it('are also files that the person had sent', async () => {
    const { run } = await replayedRun('b/human-input/workflow-files', 3, 12);

    assert.equal(answerOf(run), 'because');
    assert.deepEqual(
      run.files.map(({ filename }) => filename),
      ['a.txt', '乙.md', 'readme.txt'],
    );
  });

  it('are all there, once, in every recorded run of a workflow that gave any', async () => {
    let runs = 0;
    for (const [name, index] of recordedWorkflows()) {
      const { run } = await replayedRun(name, index);
      const values: readonly unknown[] = Object.values(run.outputs ?? {});
      const texts = values.filter((value) => typeof value === 'string').filter((text) => text !== '');
      if (run.status.type !== 'done' || texts.length === 0) continue;
      runs++;
      const answer = answerOf(run);
      for (const text of texts) {
        const given = texts.reduce((times, other) => times + timesIn(other, text), 0);
        // A short one may stand in the name of another.
        if (text.length > 40) assert.equal(timesIn(answer, text), given, `${name} ${index}: ${text.slice(0, 60)}`);
        else assert.ok(answer.includes(text), `${name} ${index}: ${text}`);
      }
      assert.ok(!answer.includes('dify_model_identity'), `${name} ${index}`);
    }
    assert.ok(runs > 20, `${runs}`);
  });
});

function timesIn(whole: string, part: string): number {
  return whole.split(part).length - 1;
}

/** Every streamed run of a workflow: the recording, and the place of the exchange. */
function recordedWorkflows(): readonly (readonly [name: string, index: number])[] {
  return everyRecording()
    .filter(({ name }) => /^[ab]\/(workflow|human-input|special)\//.test(name))
    .flatMap(({ name, recording }) =>
      recording.exchanges.flatMap(({ request, response }, index) => {
        const { body, path, method } = request;
        const streams = isFields(body) && body['response_mode'] === 'streaming' && response?.status === 200;
        const isRun = method === 'POST' && /^\/v1\/workflows\/(?:[^/]+\/)?run$/.test(path);
        return isRun && streams ? [[name, index] as const] : [];
      }),
    );
}
