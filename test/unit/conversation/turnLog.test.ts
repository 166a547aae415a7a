import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Conversation } from '../../../src/conversation/conversation.ts';
import type { Failure } from '../../../src/conversation/failure.ts';
import { reduceRun } from '../../../src/conversation/reduceRun.ts';
import { reduce } from '../../../src/conversation/reduce.ts';
import { isEnded, type RunEvent } from '../../../src/conversation/run.ts';
import type { NodeStart } from '../../../src/conversation/steps.ts';
import { readTurnLog, TurnLog } from '../../../src/conversation/turnLog.ts';
import { someConversation, someMessage, someQuestion } from '../../support/conversations.ts';

const t = (message: string): string => message;
const before = someConversation({ key: 'k', messages: [someMessage({ key: 'old', run: someMessage({}).run })] });
const usage = { totalTokens: 3, latency: 1, totalPrice: '0.1', currency: 'USD' };

const failure: Failure = { fact: '', advice: '', remedy: 'retry', details: '' };

function nodeStart(id: string): NodeStart {
  return { id, nodeId: id, nodeType: 'iteration', title: id, container: undefined, length: 3 };
}

const runEvent: fc.Arbitrary<RunEvent> = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'grapheme' }).map((text) => ({ type: 'textAppended', text }) as const) },
  fc.string().map((text) => ({ type: 'textReplaced', text }) as const),
  fc.string().map((text) => ({ type: 'reasoned', text }) as const),
  fc.constant({ type: 'started', messageId: 'm', conversationId: 'c', runId: 'r', stoppable: true } as const),
  fc.constant({ type: 'roundStarted', id: 'n', round: 1 } as const),
  fc.constantFrom('n', 'o', 'p').map((id) => ({ type: 'nodeStarted', node: nodeStart(id) }) as const),
  fc.constant({ type: 'outputsGiven', outputs: { a: [1, { b: '💡' }] } } as const),
  fc.constant({ type: 'paused' } as const),
  fc.constant({ type: 'resumed' } as const),
  fc.constant({ type: 'answered', usage } as const),
);

/** Half a character at the end of a piece is not half a character in the file. */
const halves = ['\uD83D', '\uDCA1'].map((text) => ({ type: 'textAppended', text }) as const);

function after(conversation: Conversation, event: RunEvent): Conversation {
  return reduce(conversation, { type: 'run', key: 'm1', event });
}

/** What a reader of the log is to find: the message, told as incomplete if it runs. */
function expected({ messages }: Conversation): unknown {
  const run = messages.at(-1)?.run;
  if (run === undefined) return undefined;
  const ended = isEnded(run) ? run : reduceRun(run, { type: 'incomplete', failure });
  return JSON.parse(JSON.stringify({ ...ended, status: ended.status.type, stoppable: 0 }));
}

describe('The log of a turn', () => {
  it('says what the conversation is, whatever happens and whenever it is written', () => {
    const steps = fc.array(fc.record({ event: runEvent, isWritten: fc.boolean() }), { maxLength: 30 });
    fc.assert(
      fc.property(steps, (all) => {
        const log = new TurnLog();
        let conversation = reduce(before, someQuestion({ query: 'Why?' }));
        let text = log.follow(conversation, 'm1');
        for (const { event, isWritten } of all) {
          conversation = after(conversation, event);
          if (isWritten) text += log.follow(conversation, 'm1');
        }
        text += log.follow(conversation, 'm1');

        const read = readTurnLog(text, t);
        assert.deepEqual([read?.key, read?.id, read?.messages.length], ['k', conversation.id, 1]);
        assert.deepEqual(expected(read ?? before), expected(conversation));
      }),
      { numRuns: 500 },
    );
  });

  it('says, cut off anywhere, what it said up to the line before', () => {
    const log = new TurnLog();
    let conversation = reduce(before, someQuestion({ query: 'Why?' }));
    const lines = [log.follow(conversation, 'm1')];
    const texts = [''];
    const pieces = ['Be', 'cause ', '💡', ' so.'].map((text) => ({ type: 'textAppended', text }) as const);
    for (const event of [...pieces, ...halves]) {
      conversation = after(conversation, event);
      lines.push(log.follow(conversation, 'm1'));
      texts.push(conversation.messages.at(-1)?.run.text ?? '');
    }
    const bytes = Buffer.from(lines.join(''));

    for (let end = 0; end <= bytes.length; end++) {
      const read = readTurnLog(bytes.subarray(0, end).toString(), t);
      const whole = lines.findLastIndex((_, index) => Buffer.byteLength(lines.slice(0, index + 1).join('')) <= end + 1);
      const said = read?.messages.at(-1)?.run.text;
      // The last byte of a line is its end: without it the line is there all the same.
      if (whole >= 0) assert.equal(said, texts[whole], `cut at ${end}`);
    }
    assert.equal(readTurnLog(bytes.toString(), t)?.messages.at(-1)?.run.text, 'Because 💡 so.💡');
  });

  it('repeats none of the text that it has', () => {
    const log = new TurnLog();
    const long = 'x'.repeat(100_000);
    let conversation = after(reduce(before, someQuestion({})), { type: 'textAppended', text: long });
    log.follow(conversation, 'm1');

    conversation = after(conversation, { type: 'textAppended', text: 'yes' });

    assert.ok(log.follow(conversation, 'm1').length < 200);
    assert.equal(log.follow(conversation, 'm1'), '');
  });

  it('is nothing where it says nothing, and makes nothing of names that objects have', () => {
    const odd = '{"version":2,"more":{"key":"__proto__","text":"","run":{"__proto__":{"polluted":1}}}}';
    for (const text of ['', '\n', '{}', 'torn', `${odd}\n`]) assert.equal(readTurnLog(text, t), undefined);
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });

  it('writes of a thousand nodes each one when it changes, not all of them', () => {
    const log = new TurnLog();
    let conversation = reduce(before, someQuestion({ query: 'Why?' }));
    let longest = 0;
    for (let n = 0; n < 1_000; n++) {
      conversation = after(conversation, { type: 'nodeStarted', node: nodeStart(`node ${n}`) });
      const lines = log.follow(conversation, 'm1');
      if (n > 0) longest = Math.max(longest, lines.length);
    }

    assert.ok(longest < 1_000, `${longest}`);
  });
});
