import assert from 'node:assert/strict';
import { ask } from '../../../src/conversation/ask.ts';
import {
  answerInputs,
  answerProblems,
  controlsOf,
  isAnsweredHere,
  openForms,
} from '../../../src/conversation/humanInput.ts';
import { firstValues, type FormValues } from '../../../src/conversation/inputForm.ts';
import { reduceRun } from '../../../src/conversation/reduceRun.ts';
import { resumption, resumedInHistory } from '../../../src/conversation/resumption.ts';
import type { Run } from '../../../src/conversation/run.ts';
import { conversationOf } from '../../../src/conversation/history.ts';
import { getForm } from '../../../src/dify/humanInput.ts';
import { getMessages } from '../../../src/dify/messages.ts';
import type { Fields } from '../../../src/dify/json.ts';
import { someMessage } from '../../support/conversations.ts';
import { clientAnswering, neverAborted } from '../../support/difyClient.ts';
import { t } from '../../support/english.ts';
import { exchangeOf, replayedRun, responseOf, turnOf, words } from '../../support/recordedRuns.ts';

/** The run after the recorded stream that its form was answered through. @param answered title of the form's node */
async function resumed(run: Run, name: string, index: number, answered: string): Promise<Run> {
  const form = run.forms.find(({ form: { node_title } }) => node_title === answered)?.form;
  const events = ask(turnOf(exchangeOf(name, index)), words, run.text);
  return (await Array.fromAsync(resumption(events, form?.form_id))).reduce(reduceRun, run);
}

/** What was submitted to a form, as recorded, and whether the server took it. */
function submission(name: string, index: number): { readonly inputs: Fields; readonly status: number | undefined } {
  const { request, response } = exchangeOf(name, index);
  const { body } = request;
  assert.ok(typeof body === 'object' && body !== null && 'inputs' in body);
  return { inputs: body.inputs as Fields, status: response?.status };
}

describe('A run that waits for a form, as a real server tells it', () => {
  for (const [name, first, index, text] of [
    [
      'b/human-input/chatflow-approve',
      0,
      6,
      'Draft: Answer: Write about cats.\n\nApproved: Answer: Final: Nice 猫 Write about cats.',
    ],
    ['b/human-input/chatflow-approve', 10, 11, 'Draft: Answer: And dogs.\n\nRejected with no dogs.'],
    [
      'b/human-input/chatflow-next-turn-while-paused',
      0,
      2,
      'Draft: Answer: First question.\n\nApproved: Answer: Final: c1 First question.',
    ],
    ['b/human-input/chatflow-next-turn-while-paused', 1, 4, 'Draft: Answer: Second question.\n\nRejected with c2.'],
  ] as const) {
    it(`rule 9: goes on with what was said before, once, and with what was not streamed: ${name} ${index}`, async () => {
      const { run } = await replayedRun(name, first);
      const after = await resumed(run, name, index, 'Review');

      assert.equal(after.text, text);
      assert.equal(after.status.type, 'done');
      assert.deepEqual(
        after.forms.map(({ state }) => state.type),
        ['filled'],
      );
    });
  }

  for (const [name, first, index] of [
    ['b/human-input/chatflow-simple', 6, 7],
    ['b/human-input/workflow-snapshot', 0, 4],
  ] as const) {
    it(`rule 31: is not over at the pause that the snapshot tells again: ${name}`, async () => {
      const { run } = await replayedRun(name, first);
      const after = await resumed(run, name, index, 'Review');

      assert.equal(after.status.type, 'done');
      assert.notEqual(after.text, '');
      assert.deepEqual(
        after.forms.map(({ state }) => state.type),
        ['filled'],
      );
    });
  }

  it('waits again for the other of two forms, and is read no further', async () => {
    const name = 'b/human-input/workflow-two-forms';
    const { run } = await replayedRun(name, 0);
    const after = await resumed(run, name, 5, 'First review');

    // The server tells the second one first.
    assert.deepEqual(
      openForms(run).map(({ node_title }) => node_title),
      ['First review', 'Second review'],
    );
    assert.equal(after.status.type, 'paused');
    assert.deepEqual(
      openForms(after).map(({ node_title }) => node_title),
      ['Second review'],
    );
    assert.notEqual(openForms(after)[0]?.form_token, undefined);
  });

  it('rule 34: is ended by the answer when it was stopped while it waited', async () => {
    const name = 'b/human-input/workflow-stop-while-paused';
    const { run } = await replayedRun(name, 0);

    assert.equal((await resumed(run, name, 5, 'Review')).status.type, 'stopped');
  });

  it('rules 9 and 32: is told by the history where nobody may attach to it, the text before the pause once', async () => {
    const { run } = await replayedRun('b/human-input/chatflow-simple', 0);
    const client = clientAnswering(() => responseOf(exchangeOf('b/human-input/chatflow-simple', 5)));
    const { messages } = await getMessages(client, { conversationId: 'c' }, neverAborted);
    const message = someMessage({ key: 'k', query: 'q', askedAt: 1, run });
    const told = resumedInHistory(message, () => Promise.resolve(conversationOf('c', messages, t)));
    const after = (await Array.fromAsync(told)).reduce(reduceRun, run);

    assert.equal(after.status.type, 'done');
    assert.match(after.text, /^Approved: /);
  });
});

describe('A form that a run waits for, as a real server has it', () => {
  async function formIn(name: string, index: number) {
    return await getForm(
      clientAnswering(() => responseOf(exchangeOf(name, index))),
      'token',
      neverAborted,
    );
  }

  it('rule 30: is answered with every input, all as text', async () => {
    const form = await formIn('b/human-input/workflow-approve', 2);
    const controls = controlsOf(form);
    const typed: FormValues = { comment: 'Ship it 🚀', extra: 'more text', priority: 'high' };
    const { inputs, status } = submission('b/human-input/workflow-approve', 4);

    assert.equal(status, 200);
    assert.deepEqual(answerInputs(controls, { ...firstValues(controls), ...typed }), inputs);
    assert.deepEqual(answerInputs(controls, {}), { comment: '', extra: '', priority: '' });
  });

  it('rule 30: takes empty texts, and no choice that was not made', async () => {
    const controls = controlsOf(await formIn('b/human-input/workflow-form-errors', 4));
    const { inputs, status } = submission('b/human-input/workflow-empty-values', 2);

    assert.equal(status, 200);
    assert.deepEqual(answerProblems(controls, { ...firstValues(controls), ...(inputs as FormValues) }, t), {});
    assert.deepEqual(Object.keys(answerProblems(controls, firstValues(controls), t)), ['priority']);
    assert.equal(submission('b/human-input/workflow-form-errors', 16).status, 400, 'what is not offered');
    assert.deepEqual(Object.keys(answerProblems(controls, { priority: 'urgent' }, t)), ['priority']);
  });

  it('rule 30: is not sent without the file that it asks for, nor with too many', async () => {
    const controls = controlsOf(await formIn('b/human-input/workflow-files', 4));
    const file = { name: 'a.txt', mapping: { type: 'document', transfer_method: 'local_file', upload_file_id: 'f' } };

    assert.deepEqual(Object.keys(answerProblems(controls, firstValues(controls), t)), ['doc']);
    assert.deepEqual(Object.keys(answerProblems(controls, { doc: [file], docs: [file, file, file] }, t)), ['docs']);
    assert.deepEqual(answerProblems(controls, { doc: [file], docs: [] }, t), {});
    assert.deepEqual(answerInputs(controls, { doc: [file], docs: [file] }), {
      doc: file.mapping,
      docs: [file.mapping],
      why: '',
    });
  });

  it('rule 33: is not for here when it goes out by e-mail', async () => {
    const { run } = await replayedRun('b/human-input/workflow-email-only', 0);

    assert.deepEqual(openForms(run).map(isAnsweredHere), [false]);
  });

  it('has the labels of its fields in its text', async () => {
    const labels = async (name: string, index: number) =>
      controlsOf(await formIn(name, index)).map(({ variable, label }) => [variable, label]);

    assert.deepEqual(await labels('b/human-input/workflow-approve', 2), [
      ['comment', 'Comment'],
      ['priority', 'Priority'],
      ['extra', 'extra'],
    ]);
    assert.deepEqual(await labels('b/human-input/workflow-two-forms', 2), [
      ['one', 'one'],
      ['pick', 'pick'],
    ]);
  });
});
