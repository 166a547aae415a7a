import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { StreamEvent } from '../../src/dify/events.ts';
import { endFault, told } from '../replay/cuts.ts';
import { expectedEvents, framesOf, type WireEvent } from '../replay/frames.ts';
import { readTurn } from '../replay/turn.ts';
import { recordedFolders } from '../support/recordings.ts';
import { recordedStreams } from '../support/recordedStreams.ts';
import { Shapes } from './shapes.ts';

/** Other ways to write the same stream, all of them allowed. */
function formsOf(text: string): Readonly<Record<string, string>> {
  return {
    CRLF: text.replaceAll('\n', '\r\n'),
    CR: text.replaceAll('\n', '\r'),
    BOM: `\u{FEFF}${text}`,
    'no space after "data:"': text.replaceAll(/^data: /gm, 'data:'),
    comments: text.replaceAll(/^data:/gm, ': keep-alive\ndata:'),
    pings: text.replaceAll(/^data:/gm, 'event: ping\n\ndata:'),
    'no blank line at the end': text.trimEnd(),
  };
}

/** The pieces of the answer as the client tells them. */
function answerOf(events: readonly StreamEvent[]): string {
  return events
    .map((event) => (event.event === 'message' || event.event === 'agent_message' ? event.answer : ''))
    .join('');
}

/** The same as the server sent them; Dify 1.11 may call them `message_file`. */
function answerIn(events: readonly WireEvent[]): string {
  const pieces = events.filter(
    ({ event, url }) => /^(agent_)?message$/.test(event) || (event === 'message_file' && url === undefined),
  );
  return pieces.map(({ answer }) => (typeof answer === 'string' ? answer : '')).join('');
}

const shapes = new Shapes();

for (const folder of recordedFolders()) {
  describe(`The client on the streams recorded in ${folder}`, () => {
    const streams = recordedStreams(folder);

    it('yields every event that the server sent, and ends as the server did', async () => {
      assert.ok(streams.length > 0, 'the recordings are there');
      for (const stream of streams) {
        const turn = await readTurn(stream);
        const sent = expectedEvents(framesOf(stream.bytes));
        assert.equal(turn.events.length, sent.length, stream.name);
        assert.equal(answerOf(turn.events), answerIn(sent), stream.name);
        assert.equal(endFault(turn), undefined, stream.name);
      }
    });

    it('reads the same from CRLF, CR, BOM, comments, pings, no space after "data:", without the last blank line, and byte by byte', async () => {
      for (const stream of shapes.unseenOf(streams)) {
        const whole = told(await readTurn(stream, undefined, false));
        const forms = Object.entries(formsOf(new TextDecoder().decode(stream.bytes))).map(
          ([form, text]) => [form, [new TextEncoder().encode(text)]] as const,
        );
        const bytes = Array.from(stream.bytes, (byte) => Uint8Array.of(byte));
        for (const [form, pieces] of [...forms, ['byte by byte', bytes] as const]) {
          const same = isDeepStrictEqual(told(await readTurn(stream, pieces, false)), whole);
          assert.ok(same, `${stream.name}, ${form}`);
        }
      }
    }).timeout(60_000);
  });
}
