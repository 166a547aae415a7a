import assert from 'node:assert/strict';
import { chat } from '../../src/dify/chat.ts';
import { endingAfter, isEnding, noEnding } from '../../src/dify/ending.ts';
import { DifyError } from '../../src/dify/errors.ts';
import type { StreamEvent } from '../../src/dify/events.ts';
import type { TurnEvent } from '../../src/dify/turn.ts';
import { clientAnswering, collected, neverAborted, streamOf } from '../support/difyClient.ts';
import { recordedStreams, type RecordedStream } from '../support/recordedStreams.ts';

const smallStream = 10 * 1024;
const folders = ['a/completion', 'b/completion', 'a/chat', 'b/chat'];

/** What the client makes of the pieces. The end is told by its reason, a failure by its kind and code. */
async function read(pieces: readonly Uint8Array[]): Promise<readonly unknown[]> {
  const client = clientAnswering((url) =>
    url.pathname.endsWith('/stop') ? Response.json({ result: 'success' }) : streamOf(pieces),
  );
  const request = { query: 'q', inputs: {}, conversation_id: '' };
  return (await collected(chat(client, request, neverAborted))).map(told);
}

function told(event: unknown): unknown {
  if (event instanceof DifyError) return { failed: event.kind, code: event.code, detail: event.detail };
  const { event: name, ...rest } = event as TurnEvent;
  return name === 'end' ? { end: (rest as { reason: string }).reason } : event;
}

const incomplete = { end: 'incomplete' };

/** Where to cut: everywhere in a small stream, else around every event's boundary and inside every multi-byte character. */
function cutsOf({ bytes }: RecordedStream): Iterable<number> {
  if (bytes.length <= smallStream) return bytes.keys();
  const cuts = new Set<number>([0]);
  for (let at = 0; at < bytes.length; at++) {
    const boundary = bytes[at] === 0x0a && bytes[at - 1] === 0x0a;
    for (let near = at - 16; boundary && near <= at + 16; near++) if (near >= 0 && near < bytes.length) cuts.add(near);
    if (((bytes[at] ?? 0) & 0xc0) === 0x80) cuts.add(at);
  }
  return cuts;
}

/** One stream of each shape: recordings that differ in nothing but ids, times and measured seconds are the same test. */
function distinct(streams: readonly RecordedStream[]): readonly RecordedStream[] {
  const varying = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b\d{10}\b|"(latency|time_to_\w+)": ?[\d.e-]+/g;
  const shapes = new Map(
    streams.map((stream) => [Buffer.from(stream.bytes).toString().replaceAll(varying, ''), stream]),
  );
  return [...shapes.values()];
}

function answerOf(events: readonly unknown[]): string {
  return events
    .map((event) => ((event as StreamEvent).event === 'message' ? (event as { answer: string }).answer : ''))
    .join('');
}

/** The answer as a reader of the bytes would put it together, without our parser. */
function answerIn(stream: string): string {
  const frames = stream.split('\n\n').flatMap((frame) => (frame.startsWith('data: ') ? [frame.slice(6)] : []));
  const events = frames.map((frame) => JSON.parse(frame) as { event: string; answer?: string; url?: string });
  const pieces = events.filter(
    ({ event, url }) => event === 'message' || (event === 'message_file' && url === undefined),
  );
  return pieces.map(({ answer }) => answer ?? '').join('');
}

const end = 'end' as const;
function hasEnded(events: readonly unknown[]): boolean {
  const wire = events.filter((event) => typeof event === 'object' && event !== null && !(end in event));
  return (
    isEnding((wire as StreamEvent[]).reduce(endingAfter, noEnding)) ||
    wire.some((event) => 'failed' in (event as object))
  );
}

for (const folder of folders) {
  describe(`The client on the streams recorded in ${folder}`, () => {
    const streams = recordedStreams(folder);

    for (const stream of distinct(streams)) {
      it(`${stream.name}: the same events split anywhere, incomplete when cut anywhere before its end`, async () => {
        const whole = await read([stream.bytes]);

        for (const cut of cutsOf(stream)) {
          const head = stream.bytes.subarray(0, cut);
          assert.deepEqual(await read([head, stream.bytes.subarray(cut)]), whole, `split at byte ${cut}`);

          const truncated = await read([head]);
          const last = truncated.at(-1);
          const before = truncated.slice(0, -1);
          assert.deepEqual(before, whole.slice(0, before.length), `events before the cut at byte ${cut}`);
          if (hasEnded(truncated)) assert.notDeepEqual(last, incomplete, `ended before byte ${cut}`);
          else assert.deepEqual(last, incomplete, `cut at byte ${cut}`);
        }
      }).timeout(60_000);
    }

    it('gives the same events of every stream byte by byte, and with CRLF, BOM, comments, pings and no space after "data:"', async () => {
      assert.ok(streams.length >= 20, 'the recordings are there');
      for (const { name, bytes } of streams) {
        const whole = await read([bytes]);
        const text = new TextDecoder().decode(bytes);
        const variants = {
          CRLF: text.replaceAll('\n', '\r\n'),
          CR: text.replaceAll('\n', '\r'),
          BOM: `\u{FEFF}${text}`,
          'no space': text.replaceAll(/^data: /gm, 'data:'),
          comments: text.replaceAll(/^data:/gm, ': keep-alive\ndata:'),
          pings: text.replaceAll(/^data:/gm, 'event: ping\n\ndata:'),
        };
        for (const [variant, changed] of Object.entries(variants)) {
          assert.deepEqual(await read([new TextEncoder().encode(changed)]), whole, `${name} with ${variant}`);
        }
        assert.deepEqual(await read(Array.from(bytes, (byte) => Uint8Array.of(byte))), whole, `${name} byte by byte`);
        assert.equal(answerOf(whole), answerIn(text), name);
      }
    }).timeout(120_000);
  });
}
