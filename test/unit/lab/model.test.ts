import assert from 'node:assert/strict';
import type { Prompt, ToolCall } from '../../../src/demo/turns/textSource.ts';
import { TestClock } from '../../support/testClock.ts';
import { labModel } from '../../lab/model.ts';

async function pieces(text: string, more: Partial<Prompt> = {}): Promise<readonly (string | ToolCall)[]> {
  const clock = new TestClock();
  const source = labModel(clock)({ text, inputs: {}, query: text, history: [], ...more }, new AbortController().signal);
  const all = Array.fromAsync(source);
  // Whatever becomes of the answer, somebody listens.
  all.catch(() => {});
  await clock.pass(60_000);
  return all;
}

describe("the lab's rule model", () => {
  it('repeats the first sentence, word by word', async () => {
    assert.deepEqual(await pieces('Two words. And more. [[slow:5]]'), ['Answer:', ' Two', ' words.']);
  });

  it('counts words, pauses and splits Chinese by two characters', async () => {
    assert.deepEqual(await pieces('[[long:3]] [[pause:1:13000]]'), ['word1', ' word2', ' word3']);
    assert.deepEqual((await pieces('[[zh]]')).slice(0, 6), ['你好', '！', '👋', ' 这是', '一个', '用于']);
  });

  it('fails as the provider does, at once or after some words', async () => {
    await assert.rejects(pieces('[[err429]]'), /status code 429.*rate_limit_error/);
    await assert.rejects(pieces('One two three four. [[cut:2]]'), { errorType: 'ChunkedEncodingError' });
  });

  it('calls the tool it is told to call, and then says what the tool said', async () => {
    const question = 'Time? [[tool:current_time:{"timezone":"UTC"}]]';
    const tools = ['current_time'];
    const asked = await pieces(question, { tools });
    assert.deepEqual(asked.at(-1), { tool: 'current_time', input: '{"timezone":"UTC"}' });
    assert.deepEqual(asked.slice(0, -1), ['Let', ' me', ' look', ' that', ' up.', ' ']);
    const told = await pieces(question, { tools, observations: ['noon'] });
    assert.deepEqual(told, ['The', ' tool', ' says:', ' noon']);
  });
});
