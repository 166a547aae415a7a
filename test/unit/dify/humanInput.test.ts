import assert from 'node:assert/strict';
import { formClosed, getForm, submitForm, type FormValue } from '../../../src/dify/humanInput.ts';
import { neverAborted } from '../../support/difyClient.ts';
import { clientGetting, failureOf, lost, recordedCalls, type RecordedCall } from '../../support/recordedCalls.ts';

const forms = /^\/form\/human_input\/[^/]+$/;
const tokenOf = ({ url }: RecordedCall): string => url.pathname.split('/').at(-1) ?? '';

/** What is told as `initial` and `options` of the input, wherever it comes from. */
const told = /default|option_source/;

describe('Forms of human input', () => {
  it('are read without loss', async () => {
    for (const call of recordedCalls('GET', forms)) {
      if (call.status !== 200) continue;
      const { client, sent } = clientGetting(call);

      const form = await getForm(client, tokenOf(call), neverAborted);
      const missing = lost(call.json, { ...form, user_actions: form.actions });
      assert.deepEqual(new Set(missing), new Set(missing.filter((path) => told.test(path))), call.name);
      assert.equal(sent[0]?.path, `/form/human_input/${tokenOf(call)}`);
    }
  });

  it('begin with the default of the form, or that of a variable', async () => {
    const [call] = recordedCalls('GET', forms).filter(({ name }) => name.includes('workflow-approve'));
    assert.ok(call);

    const form = await getForm(clientGetting(call).client, 'token', neverAborted);

    const initial = form.inputs.map(({ output_variable_name: name, initial: value }) => [name, value]);
    assert.deepEqual(Object.fromEntries(initial), {
      comment: 'looks fine',
      extra: 'Answer: Draft: apples',
      priority: '',
    });
  });

  it('rule 30: are answered with the bodies that were recorded, every input of them', async () => {
    let compared = 0;
    for (const call of recordedCalls('POST', forms)) {
      const { inputs, action, user } = call.sent;
      if (typeof inputs !== 'object' || inputs === null || Array.isArray(inputs)) continue;
      if (typeof action !== 'string' || user === undefined) continue;
      const { client, sent } = clientGetting(call);
      // Some of the recorded answers are what the type forbids: the server's word on them counts here.
      const answer = { token: tokenOf(call), inputs: inputs as Record<string, FormValue>, action };
      const work = submitForm(client, answer, neverAborted);

      if (call.status === 200) await work;
      else assert.equal((await failureOf(work)).status, call.status, call.name);
      const path = `/form/human_input/${tokenOf(call)}`;
      assert.deepEqual(sent, [{ method: 'POST', path, body: { inputs, action } }], call.name);
      compared++;
    }
    assert.ok(compared > 30, String(compared));
  });

  it('rule 33: say by 412 that they were answered or are too late', async () => {
    const reasons = new Set<string | undefined>();
    for (const call of [...recordedCalls('GET', forms), ...recordedCalls('POST', forms)]) {
      if (call.status === 200) continue;
      const { client } = clientGetting(call);
      const failure = await failureOf(getForm(client, 'token', neverAborted));

      const closed = formClosed(failure);
      assert.equal(closed !== undefined, call.status === 412, call.name);
      reasons.add(closed);
      if (call.status === 404) assert.equal(failure.kind, 'notFound', call.name);
      if (call.status === 400) assert.equal(failure.kind, 'rejected', call.name);
    }
    assert.deepEqual(reasons, new Set([undefined, 'submitted', 'expired']));
  });
});
