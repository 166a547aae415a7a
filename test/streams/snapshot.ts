import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { newRun } from '../../src/conversation/run.ts';
import type { StreamEvent } from '../../src/dify/events.ts';
import { isFields } from '../../src/dify/json.ts';
import { readTurn, shownAfter } from '../replay/turn.ts';
import type { RecordedStream } from '../support/recordedStreams.ts';

/** What the client makes of a stream, in little JSON that says the same on every machine. */
export interface Snapshot {
  /** Names in order, those of the same name in a row counted: `message*12 message_end`. */
  readonly events: string;
  readonly end: string;
  /** Of the conversation: whether it was forgotten, and what differs from a run that was only just sent. */
  readonly shown: unknown;
}

export async function snapshotOf(stream: RecordedStream): Promise<Snapshot> {
  const turn = await readTurn(stream);
  const { messages } = await shownAfter(stream, turn);
  const [message] = messages;
  const run = Object.entries(message?.run ?? {}).filter(
    ([name, value]) => !isDeepStrictEqual(value, Reflect.get(newRun, name)),
  );
  const shown = { ...(message?.forgotten === true ? { forgotten: true } : {}), ...Object.fromEntries(run) };
  const { end } = turn;
  return {
    events: outlineOf(turn.events),
    end: end.event === 'end' ? end.reason : 'failed',
    shown: new Brief().of(shown),
  };
}

function outlineOf(events: readonly StreamEvent[]): string {
  const rows: { name: string; count: number }[] = [];
  for (const event of events) {
    const name = event.event === 'ignored' ? `(${event.name})` : event.event;
    const last = rows.at(-1);
    if (last?.name === name) last.count++;
    else rows.push({ name, count: 1 });
  }
  return rows.map(({ name, count }) => (count === 1 ? name : `${name}*${count}`)).join(' ');
}

/** Longest text that stands there as it is. */
const longest = 80;

/** Members that hold times: they say nothing of the client. */
const times = /^(latency|seconds|elapsed|elapsed_time|expiration_time|expiresAt|askedAt|created_at)$/;

/** Makes data small: ids by their number in order of appearance, long texts by their beginning and a checksum, no times, nothing empty. */
class Brief {
  readonly #ids = new Map<string, string>();

  of(value: unknown): unknown {
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) return value.map((item) => this.of(item));
    if (!isFields(value)) return value;
    const members = Object.entries(value).filter(([name, member]) => !times.test(name) && !isEmpty(member));
    return Object.fromEntries(members.map(([name, member]) => [this.#text(name), this.of(member)]));
  }

  #text(text: string): string {
    const brief = text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
      this.#ids.set(id, this.#ids.get(id) ?? `<${this.#ids.size + 1}>`);
      return this.#ids.get(id) ?? '';
    });
    if (brief.length <= longest) return brief;
    const sum = createHash('sha256').update(brief).digest('hex').slice(0, 8);
    return `${brief.slice(0, longest / 2)}… (${brief.length} characters, ${sum})`;
  }
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || isDeepStrictEqual(value, []);
}
