import { someQuestion } from '../support/conversations.ts';
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ask } from '../../src/conversation/ask.ts';
import { emptyConversation } from '../../src/conversation/conversation.ts';
import { reduce } from '../../src/conversation/reduce.ts';
import { DifyError } from '../../src/dify/errors.ts';
import { parseStreamEvent, readStreamEvent } from '../../src/dify/events.ts';
import { isFields, type Fields } from '../../src/dify/json.ts';
import { sseReader } from '../../src/dify/sse.ts';
import type { TurnEvent } from '../../src/dify/turn.ts';
import { readTurn, shownAfter } from '../replay/turn.ts';
import { words } from '../support/recordedRuns.ts';
import { recordedStreams, type RecordedStream } from '../support/recordedStreams.ts';
import { change, changed } from '../support/damage.ts';
import { recordedEvents, schemaEvents } from './wireEvents.ts';

// FUZZ_SEED=7 takes other cases, FUZZ_TIMES=10 ten times as many. DIFY_OPENAPI names a copy of Dify's OpenAPI file: its events, too.
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_122);
const times = Number(process.env['FUZZ_TIMES'] ?? 1);
const openApi = process.env['DIFY_OPENAPI'];

const events: readonly Fields[] = [...recordedEvents(), ...(openApi === undefined ? [] : schemaEvents(openApi))];

/** An event of a real server, with up to four members missing, null, of another type, or new. */
const damagedEvent = fc
  .record({ event: fc.constantFrom(...events), changes: fc.array(change, { maxLength: 4 }) })
  .map(({ event, changes }) => changes.reduce(changed, structuredClone(event)));

/** Pieces of a stream, and of what is none: cut anywhere, in every line ending, with bytes that are not UTF-8. */
const fragments = [
  'data:',
  'data: ',
  'event: ping',
  'id: 1',
  'retry: x',
  ':',
  '\n',
  '\n\n',
  '\r',
  '\r\n',
  '\uFEFF',
  '{',
  '"',
];
const fragment = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...fragments).map((text) => new TextEncoder().encode(text)) },
  { weight: 2, arbitrary: damagedEvent.map((event) => new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 12 }) },
);
const pieces = fc.array(fragment, { maxLength: 10 });

describe(`Whatever a server sends (seed ${seed}${openApi === undefined ? '' : ', with the events of the OpenAPI file'})`, () => {
  it('is read as an event or not at all', () => {
    assert.ok(events.length > 100, 'there are events to damage');
    const property = fc.property(damagedEvent, (event) => {
      readStreamEvent(event);
      parseStreamEvent(JSON.stringify(event));
    });
    fc.assert(property, { seed, numRuns: 60_000 * times });
  }).timeout(60_000 * times);

  it('leads to a conversation with a message, whatever it was', async () => {
    const turn = fc.record({
      sent: fc.array(damagedEvent, { maxLength: 6 }),
      end: fc.constantFrom<TurnEvent | undefined>(undefined, ...ends),
      shown: fc.constantFrom(undefined, '', 'Some text'),
    });
    const property = fc.asyncProperty(turn, async ({ sent, end, shown }) => {
      let conversation = reduce(emptyConversation, asked);
      try {
        for await (const event of ask(turnOf(sent, end), words, shown)) {
          conversation = reduce(conversation, { type: 'run', key: 'k', event });
        }
      } catch (error) {
        // It could not attach: nothing has happened to the run.
        assert.ok(shown !== undefined && end !== undefined && 'error' in end && error === end.error, String(error));
      }
      assert.equal(conversation.messages.length, 1);
      assert.equal(typeof conversation.messages[0]?.run.text, 'string');
    });
    await fc.assert(property, { seed, numRuns: 20_000 * times });
  }).timeout(60_000 * times);

  it('goes through the reader of server-sent events, or is too large for it', () => {
    const property = fc.property(pieces, fc.constantFrom(64, 1024 * 1024), (stream, limit) => {
      const reader = sseReader(limit);
      try {
        for (const data of [...stream.flatMap((piece) => reader.read(piece)), ...reader.end()]) {
          assert.equal(typeof data, 'string');
        }
      } catch (error) {
        assert.ok(error instanceof DifyError && error.kind === 'tooLarge', String(error));
      }
    });
    fc.assert(property, { seed, numRuns: 20_000 * times });
  }).timeout(60_000 * times);

  it('ends the turn of the client in one of its ways', async () => {
    const [template] = recordedStreams('a/chat');
    assert.ok(template);
    const property = fc.asyncProperty(pieces, fc.boolean(), async (stream, broken) => {
      const recorded: RecordedStream = { ...template, broken };
      const turn = await readTurn(recorded, stream);
      if (turn.end.event === 'failed') assert.ok(turn.end.error instanceof DifyError, String(turn.end.error));
      assert.equal((await shownAfter(recorded, turn)).messages.length, 1);
    });
    await fc.assert(property, { seed, numRuns: 6_000 * times });
  }).timeout(60_000 * times);
});

const asked = someQuestion({ key: 'k', query: 'q', askedAt: 0, replaces: undefined });

const ends: readonly TurnEvent[] = [
  { event: 'end', reason: 'done' },
  { event: 'end', reason: 'paused' },
  { event: 'end', reason: 'stopped' },
  { event: 'end', reason: 'incomplete', error: new DifyError('incomplete', 'cut') },
];

async function* turnOf(sent: readonly Fields[], end: TurnEvent | undefined): AsyncGenerator<TurnEvent, void, void> {
  for (const fields of sent) {
    const event = isFields(fields) ? readStreamEvent(fields) : undefined;
    if (event !== undefined) yield await Promise.resolve(event);
  }
  if (end !== undefined) yield end;
}
