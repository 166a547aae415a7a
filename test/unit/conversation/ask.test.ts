import assert from 'node:assert/strict';
import { ask } from '../../../src/conversation/ask.ts';
import type { Words } from '../../../src/conversation/failure.ts';
import type { RunEvent } from '../../../src/conversation/run.ts';
import { DifyError } from '../../../src/dify/errors.ts';
import { readStreamEvent } from '../../../src/dify/events.ts';
import type { TurnEvent } from '../../../src/dify/turn.ts';

const words: Words = { t: (message) => message, host: 'dify.test', keepsAnswers: false };
const ids = { task_id: 't-1', message_id: 'm-1', conversation_id: 'c-1' };

/** The wire event as the client gives it out. */
function wire(event: string, fields: object = {}): TurnEvent {
  const read = readStreamEvent({ ...ids, event, ...fields });
  assert.ok(read);
  return read;
}

const said = (answer: string): TurnEvent => wire('message', { answer });
const started: RunEvent = {
  type: 'started',
  messageId: 'm-1',
  conversationId: 'c-1',
  runId: undefined,
  stoppable: true,
};
const ended = wire('message_end', {
  metadata: { usage: { total_tokens: 7, latency: 2, total_price: '0.1', currency: 'USD' } },
});
const usage = { totalTokens: 7, latency: 2, totalPrice: '0.1', currency: 'USD' };

async function* turnOf(events: readonly (TurnEvent | Error)[]): AsyncGenerator<TurnEvent, void, void> {
  for (const event of events) {
    if (event instanceof Error) throw event;
    yield await Promise.resolve(event);
  }
}

async function told(...events: readonly (TurnEvent | Error)[]): Promise<readonly RunEvent[]> {
  return await Array.fromAsync(ask(turnOf(events), words));
}

describe('ask', () => {
  it('tells ids, text, and the end with what it cost', async () => {
    assert.deepEqual(await told(said('Good '), said('day'), ended), [
      started,
      { type: 'textAppended', text: 'Good ' },
      { type: 'textAppended', text: 'day' },
      { type: 'answered', usage },
    ]);
  });

  it('is done at message_end: what follows is not waited for', async () => {
    const never = new Error('read on');

    assert.equal((await told(said('x'), ended, never)).at(-1)?.type, 'answered');
  });

  it('waits for the end of a workflow, and takes its output for the answer', async () => {
    const start = wire('workflow_started');
    const finished = wire('workflow_finished', { data: { status: 'succeeded', outputs: { answer: 'Right' } } });
    const outline = async (...events: TurnEvent[]): Promise<readonly unknown[]> =>
      (await told(start, said('Right, and early'), ...events)).slice(2);

    const replaced = { type: 'textReplaced', text: 'Right' };
    assert.deepEqual(await outline(ended, finished), [replaced, { type: 'answered', usage }]);
    assert.deepEqual(await outline(finished, ended), [replaced, { type: 'answered', usage }]);
  });

  it('lets a moderated text stand against the output of the workflow, and ignores an empty replacement', async () => {
    const finished = wire('workflow_finished', { data: { status: 'succeeded', outputs: { answer: 'Secret' } } });
    const replace = (answer: string): TurnEvent => wire('message_replace', { answer });

    const events = await told(wire('workflow_started'), said('Secret'), replace(''), replace('No.'), ended, finished);

    assert.deepEqual(events.slice(2), [
      { type: 'textReplaced', text: 'No.' },
      { type: 'answered', usage },
    ]);
  });

  it('does not double the closing repetition of a New Agent', async () => {
    const piece = wire('agent_message', { answer: 'Hel' });

    assert.deepEqual((await told(piece, said('Hello'), ended)).slice(1, 3), [
      { type: 'textAppended', text: 'Hel' },
      { type: 'textReplaced', text: 'Hello' },
    ]);
  });

  it('says unknown where a stopped run counted zero', async () => {
    const zero = wire('message_end', { metadata: { usage: { total_tokens: 0, latency: 0 } } });

    assert.deepEqual((await told(said('x'), zero)).at(-1), { type: 'answered', usage: undefined });
  });

  it('ends as stopped, incomplete or failed, with words for the last two', async () => {
    const error = new DifyError('incomplete', 'log text', { seconds: 14.2 });
    const refused = new DifyError('unauthorized', 'log text', { status: 401, code: 'unauthorized' });

    assert.deepEqual((await told(said('x'), { event: 'end', reason: 'stopped' })).at(-1), { type: 'stopped' });
    const cut = (await told(said('x'), { event: 'end', reason: 'incomplete', error })).at(-1);
    assert.equal(cut?.type === 'incomplete' && cut.failure.fact, 'Incomplete.');
    const failed = (await told(refused))[0];
    assert.equal(failed?.type === 'failed' && failed.failure.remedy, 'enterKey');
    assert.equal(failed?.type === 'failed' && failed.failure.details, '401 unauthorized');
  });

  it('tells nothing of a run that was to be attached to, when that is stopped before the first event', async () => {
    const stopped = async function* (): AsyncGenerator<TurnEvent, void, void> {
      yield await Promise.resolve({ event: 'end', reason: 'stopped' } as const);
    };

    assert.deepEqual(await Array.fromAsync(ask(stopped(), words, 'shown')), []);
    assert.deepEqual(await Array.fromAsync(ask(stopped(), words)), [{ type: 'stopped' }]);
    const error = new DifyError('incomplete', 'log text');
    const silent = turnOf([{ event: 'end', reason: 'incomplete', error }]);
    await assert.rejects(Array.fromAsync(ask(silent, words, 'shown')), error);
  });

  it('has failed when the workflow did before the message ended, and not when it did after', async () => {
    const start = wire('workflow_started');
    const failed = wire('workflow_finished', { data: { status: 'failed', error: 'No' } });
    const error = new DifyError('runFailed', 'log text');

    assert.equal((await told(start, failed, ended, error)).at(-1)?.type, 'failed');
    assert.equal((await told(said('x'), start, ended, failed)).at(-1)?.type, 'answered');
    assert.equal((await told(said('x'), ended, start, failed)).at(-1)?.type, 'answered');
  });

  it('knows the message of a run that failed at once, and says that a paused one waits', async () => {
    const failed = new DifyError('runFailed', 'log text');

    assert.deepEqual((await told(wire('error', { message: 'No' }), failed))[0], started);
    const paused = (await told(wire('workflow_started'), { event: 'end', reason: 'paused' })).at(-1);
    assert.deepEqual(paused, { type: 'paused' });
  });

  it('tells that the request is sent again, and why', async () => {
    const error = new DifyError('busy', 'log text');

    const [event] = await told({ event: 'resend', attempt: 1, of: 2, seconds: 3, error });

    assert.equal(event?.type === 'resending' && event.failure.fact, 'Dify is busy.');
  });
});
