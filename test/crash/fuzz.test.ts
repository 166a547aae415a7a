import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { mergeCopies } from '../../src/conversation/mergeCopies.ts';
import { newRun } from '../../src/conversation/run.ts';
import { restore, store } from '../../src/conversation/stored.ts';
import { restoreTyped, storeTyped } from '../../src/conversation/storedTyped.ts';
import { readTurnLog, TurnLog } from '../../src/conversation/turnLog.ts';
import { parseJson } from '../../src/dify/json.ts';
import { someConversation, someCopy, someMessage } from '../support/conversations.ts';
import { filesIn } from '../support/filesIn.ts';

// FUZZ_SEED=7 takes other cases, FUZZ_TIMES=10 ten times as many.
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_122);
const times = Number(process.env['FUZZ_TIMES'] ?? 1);
const t = (message: string): string => message;

const usage = { totalTokens: 3, latency: 1, totalPrice: '0.1', currency: 'USD' };
const contexts = [{ key: 'x', kind: 'selection', name: 'a.ts', lines: [1, 3], size: 40 }] as const;
const done = {
  ...newRun,
  text: 'Because 💡',
  status: { type: 'done' },
  messageId: 'm',
  outputs: { a: [1] },
  usage,
} as const;
const healthy = someConversation({
  key: 'conversation-1',
  id: 'c',
  name: 'Ducks',
  inputs: { a: 1 },
  messages: [
    someMessage({ key: 'm1', query: 'Why?', askedAt: 1, run: done, rating: 'like', contexts }),
    someMessage({ key: 'm2', query: 'And?', askedAt: 2, again: 'm1', run: { ...done, status: { type: 'stopped' } } }),
  ],
});
const file = {
  name: 'a.png',
  type: 'image',
  size: 4,
  mapping: { type: 'image' },
  thumbnail: 'data:image/png;base64,AA',
};
const copyText = store(someCopy(healthy, { removed: ['m0'] }));
const typedText = storeTyped({
  text: 'Half',
  contexts,
  files: [{ ...file, key: 'u', uri: 'file:///a.png' }],
  queue: [{ key: 'q', text: 'Next', contexts, files: [file] }],
  humanInput: {},
  form: { a: true },
});
const logText = logOf();

function logOf(): string {
  const log = new TurnLog();
  const [message] = healthy.messages;
  const texts = ['', 'Be', 'Because', 'Because 💡'].map((text) => {
    const run = { ...newRun, text };
    return log.follow({ ...healthy, messages: [{ ...(message ?? someMessage({})), run }] }, 'm1');
  });
  return texts.join('');
}

const odd = [
  '',
  '{',
  '}',
  '"',
  'null',
  '[]',
  '\\',
  '\n',
  '\0',
  '1e999',
  '-1',
  '"__proto__":',
  '\uD800',
  '{"version":2,',
  '['.repeat(9_000),
];

/** What a broken disk, editor or program makes of a text. */
const damage = fc.record({
  at: fc.nat({ max: 100_000 }),
  takes: fc.oneof(fc.constant(0), fc.nat({ max: 20 }), fc.constant(100_000)),
  puts: fc.oneof(fc.constantFrom(...odd), fc.string({ maxLength: 5 })),
});

function damaged(text: string, damages: readonly { at: number; takes: number; puts: string }[]): string {
  return damages.reduce((before, { at, takes, puts }) => {
    const from = at % (before.length + 1);
    return before.slice(0, from) + puts + before.slice(from + takes);
  }, text);
}

const damages = fc.array(damage, { minLength: 1, maxLength: 3 });

describe('What is kept on this computer, damaged', () => {
  it(`throws in none of ${50_000 * times} ways, and whatever is read is whole`, function () {
    this.timeout(120_000 * times);
    let read = 0;
    fc.assert(
      fc.property(fc.constantFrom('copy', 'typed', 'log'), damages, (kind, all) => {
        if (kind === 'typed') return void restoreTyped(parseJson(damaged(typedText, all)));
        if (kind === 'log') return void readTurnLog(damaged(logText, all), t);
        const copy = restore(parseJson(damaged(copyText, all)), t);
        if (copy === undefined || copy === 'newer') return;
        read++;
        // Whatever was read can be merged, written and read again.
        const merged = mergeCopies(healthy, someCopy(healthy), copy);
        assert.ok(restore(parseJson(store({ ...copy, ...merged })), t));
      }),
      { numRuns: 50_000 * times, seed },
    );
    assert.ok(read > 100, `${read} were read`);
  });

  it('takes no healthy conversation with it', async function () {
    this.timeout(30_000);
    const storage = await mkdtemp(path.join(tmpdir(), 'dify-fuzz-'));
    try {
      const folder = path.join(storage, 'conversations', 'the-app');
      await mkdir(folder, { recursive: true });
      const broken = fc.sample(damages, { numRuns: 500, seed }).map((all) => damaged(copyText, all));
      await Promise.all(broken.map((text, index) => writeFile(path.join(folder, `broken-${index}.json`), text)));
      const files = filesIn(storage, () => {});
      for (let index = 0; index < 50; index++) await files.write('the-app', { ...healthy, key: `healthy-${index}` });

      const listed = await files.list('the-app');

      const found = listed.filter(({ conversation }) => conversation.key.startsWith('healthy-'));
      assert.equal(found.length, 50);
      for (const { conversation } of found) assert.deepEqual(conversation.messages, healthy.messages);
      const left = (await readdir(folder)).filter((name) => name.startsWith('broken-'));
      assert.equal(left.length, broken.length, 'What was broken is put aside, not deleted');
    } finally {
      await rm(storage, { recursive: true, force: true });
    }
  });
});
