import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { chat } from '../../src/dify/chat.ts';
import { parseStreamEvent } from '../../src/dify/events.ts';
import { sseReader } from '../../src/dify/sse.ts';
import { clientOf, neverAborted } from '../support/difyClient.ts';
import { event, floodEvents, floodPieces, pacedEvents } from './stream.ts';
import { alternated, type Row } from './table.ts';

/** What reading an answer costs over only emptying the same connection, each ratio from rounds that take turns. */
export async function readerRows(): Promise<readonly Row[]> {
  const server = spawn(process.execPath, [path.join(import.meta.dirname, 'streamServer.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const [port] = (await once(server.stdout, 'data')) as [Buffer];
    const origin = `http://127.0.0.1:${Number(port.toString())}`;
    const rows: Row[] = [];
    for (const [name, events, goal, rounds] of [
      ['paced', pacedEvents, 1.25, 7],
      ['flood', floodEvents, 3, 9],
    ] as const) {
      const pair = await alternated(
        rounds,
        () => cpuOf(() => drain(`${origin}/${name}`)),
        () => cpuOf(() => read(`${origin}/${name}`)),
      );
      rows.push({ what: `${name}: the client over draining fetch, µs an event`, ...scaled(pair, events), goal });
    }
    rows.push(await parsing(), await memory(`${origin}/flood`));
    return rows;
  } finally {
    await ended(server);
  }
}

/** The reader and the hand-written guards, without a connection, over `JSON.parse` alone. */
async function parsing(): Promise<Row> {
  const pieces = [...floodPieces(floodEvents)];
  const data = Array.from({ length: 1000 }, (_, n) => event(n).slice('data: '.length, -2));
  const pair = await alternated(
    9,
    () =>
      cpuOf(() => {
        for (let n = 0; n < floodEvents; n++) JSON.parse(data[n % 1000] ?? '');
        return Promise.resolve();
      }),
    () =>
      cpuOf(() => {
        const reader = sseReader(Infinity);
        for (const piece of pieces) for (const text of reader.read(piece)) parseStreamEvent(text);
        return Promise.resolve();
      }),
  );
  return { what: 'flood: bytes to events over JSON.parse, µs an event', ...scaled(pair, floodEvents), goal: 1.6 };
}

/** Peak memory, each in a process of its own. */
async function memory(url: string): Promise<Row> {
  const peaks = { base: 0, ours: 0 };
  for (const [name, mode] of [
    ['base', 'drain'],
    ['ours', 'read'],
  ] as const) {
    const child = spawn(process.execPath, [import.meta.filename, mode, url], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [peak] = (await once(child.stdout, 'data')) as [Buffer];
    peaks[name] = Number(peak.toString()) / 1024;
  }
  return { what: 'flood: peak memory, MB', ...peaks, goal: 1.1 };
}

/** What any client of `fetch` has to do. */
async function drain(url: string): Promise<void> {
  const response = await fetch(`${url}/v1/chat-messages`, { method: 'POST', body: '{}' });
  const reader = response.body?.getReader();
  while (reader !== undefined && !(await reader.read()).done);
}

async function read(url: string): Promise<void> {
  const turn = chat(clientOf(`${url}/v1`), { query: 'q', inputs: {}, conversation_id: '' }, neverAborted);
  let length = 0;
  for await (const item of turn) if (item.event === 'message') length += item.answer.length;
  if (length < pacedEvents) throw new Error('Events are missing.');
}

/** Microseconds of this process's CPU. */
async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function scaled({ base, ours }: { base: number; ours: number }, events: number): { base: number; ours: number } {
  return { base: base / events, ours: ours / events };
}

async function ended(child: ChildProcess): Promise<void> {
  const end = once(child, 'exit');
  child.stdin?.end();
  await end;
}

// Its own child: what one kind of reading takes at most.
const [, file, mode, url] = process.argv;
if (file === import.meta.filename && url !== undefined) {
  await (mode === 'drain' ? drain(url) : read(url));
  console.log(process.resourceUsage().maxRSS);
}
