import { ask } from '../../src/conversation/ask.ts';
import { reduceRun } from '../../src/conversation/reduceRun.ts';
import { newRun } from '../../src/conversation/run.ts';
import { parseStreamEvent } from '../../src/dify/events.ts';
import { sseReader } from '../../src/dify/sse.ts';
import type { TurnEvent } from '../../src/dify/turn.ts';
import { bigNodeStream } from '../support/bigNode.ts';
import { words } from '../support/recordedRuns.ts';
import { median, type Row } from './table.ts';

/** Characters that a node gives, and how long that may keep the extension host, in milliseconds. */
const sizes = [
  ['1.5 MB', 1_500_000, 50],
  ['8 MiB', 8 * 1024 * 1024, 300],
] as const;

/** From the bytes of a node that gives megabytes to what is posted and written of it. */
export async function bigNodeRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [name, characters, base] of sizes) {
    const stream = bigNodeStream(characters);
    const times: number[] = [];
    for (let n = 0; n < 9; n++) times.push(await cost(stream));
    rows.push({ what: `a node of ${name}: all of our work over the limit, ms`, base, ours: median(times), goal: 1 });
  }
  return rows;
}

/** Nothing is waited for: all of it is our own work, and what else the machine does. */
async function cost(stream: readonly Uint8Array[]): Promise<number> {
  const before = performance.now();
  let run = newRun;
  let posted = 0;
  for await (const event of ask(turnOf(stream), words)) {
    run = reduceRun(run, event);
    posted += JSON.stringify(event).length;
  }
  if (run.status.type !== 'done' || posted > 10_000) throw new Error('This is another run.');
  return performance.now() - before;
}

async function* turnOf(stream: readonly Uint8Array[]): AsyncGenerator<TurnEvent, void, void> {
  const reader = sseReader(Infinity);
  for (const data of stream.flatMap((bytes) => reader.read(bytes))) {
    const event = parseStreamEvent(data);
    if (event !== undefined) yield event;
  }
}
