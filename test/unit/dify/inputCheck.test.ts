import assert from 'node:assert/strict';
import { inputProblems } from '../../../src/dify/inputCheck.ts';
import { readInputControl, type InputControl } from '../../../src/dify/inputForm.ts';
import { isFields, object, objects, parseJson } from '../../../src/dify/json.ts';
import { bodyOf, recording, type RecordedExchange } from '../../support/recordings.ts';

const topic = { 'text-input': { variable: 'topic', label: 'Topic', required: true, max_length: 10 } };
const level = { select: { variable: 'level', label: 'Level', required: true, options: ['easy', 'hard'] } };
const others = [{ number: { variable: 'n' } }, { paragraph: { variable: 'note' } }, { file: { variable: 'doc' } }];

/** The form of the recorded app: told by the app itself where the recordings asked it. */
function formOf(folder: string): readonly InputControl[] {
  const asked = recording(`${folder}/discovery`).exchanges.find(({ request }) => request.path === '/v1/parameters');
  const told = asked === undefined ? undefined : parseJson(bodyOf(asked).toString());
  const own = isFields(told) ? objects(told, 'user_input_form') : [];
  return (folder.endsWith('chat') ? [topic, level, ...others] : own).flatMap(readInputControl);
}

/** Whether the server refused the inputs: in an answer, or in its stream. */
function wasRefused(exchange: RecordedExchange): boolean {
  const text = bodyOf(exchange).toString();
  return exchange.response?.status === 500 || /"message": ?"[^"]*in(?:put)? (?:in input )?form/.test(text);
}

/** The exchanges that send inputs and are judged by them. */
function judged(name: string): readonly RecordedExchange[] {
  return recording(name).exchanges.filter(({ request: { body, method }, response }) => {
    if (method !== 'POST' || response === undefined || !isFields(body) || !isFields(body['inputs'])) return false;
    // The older server wants an object as text, the newer one refuses that: see wantsJsonAsText.
    return typeof body['inputs']['obj'] !== 'string' && !('obj' in body['inputs'] && name.startsWith('a/'));
  });
}

describe('What a server will refuse of the inputs', () => {
  for (const name of ['completion', 'chat', 'advanced-chat', 'workflow'].flatMap((mode) => [
    `a/${mode}`,
    `b/${mode}`,
  ])) {
    it(`rule 13: is known before they are sent: ${name}`, () => {
      const form = formOf(name);
      const exchanges = judged(`${name}/form-validation`);

      assert.ok(exchanges.filter(wasRefused).length >= 4 && !exchanges.every(wasRefused));
      for (const exchange of exchanges) {
        const inputs = isFields(exchange.request.body) ? object(exchange.request.body, 'inputs') : {};
        const problems = inputProblems(form, inputs);
        assert.equal(problems.length > 0, wasRefused(exchange), JSON.stringify([inputs, problems]).slice(0, 300));
      }
    });
  }

  it('is named by its input', () => {
    const form = [topic, level, ...others].flatMap(readInputControl);

    assert.deepEqual(inputProblems(form, { topic: '01234567890', level: '', n: 'x', doc: 'y' }), [
      { variable: 'topic', problem: 'tooLong' },
      { variable: 'level', problem: 'notAnOption' },
      { variable: 'n', problem: 'notANumber' },
      { variable: 'doc', problem: 'notAFile' },
    ]);
    assert.deepEqual(inputProblems(form, {})[0], { variable: 'topic', problem: 'missing' });
    const inherited = readInputControl({ paragraph: { variable: 'constructor', required: false } });
    assert.deepEqual(inputProblems(inherited, {}), []);
  });
});
