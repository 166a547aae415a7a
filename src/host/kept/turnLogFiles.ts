import { rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Conversation } from '../../conversation/conversation.ts';
import type { Translate } from '../../conversation/failure.ts';
import { readTurnLog, TurnLog } from '../../conversation/turnLog.ts';
import { isAlive } from './owner.ts';
import type { Place } from './paths.ts';
import { append, readText, undefinedIfMissing } from './wholeFiles.ts';

/** Whoever writes a log touches it this often, in milliseconds, also when nothing comes. */
const heartbeat = 2_000;
/** Nobody writes a log that was not touched for so long, in milliseconds: a process of another program may have got the number. */
const silent = 10_000;

/** Logs that are written in this window. */
const own = new Set<string>();

/** The logs of the turns that run in this window in one conversation. */
export class TurnLogFiles {
  readonly #place: Place;
  readonly #failed: (error: unknown) => void;
  /** By key of the message. */
  readonly #logs = new Map<string, TurnLogFile>();
  #beating: ReturnType<typeof setInterval> | undefined;

  constructor(place: Place, failed: (error: unknown) => void) {
    this.#place = place;
    this.#failed = failed;
  }

  /** Brings the logs of these messages to what the conversation is. @returns whether that worked for all */
  async follow(conversation: Conversation, keys: ReadonlySet<string>): Promise<boolean> {
    let isFollowed = true;
    for (const key of keys) {
      const log = this.#logs.get(key) ?? this.#open(key);
      try {
        await log.follow(conversation, key);
      } catch (error) {
        // It may be torn, so it says no more: what follows goes into another one.
        this.#close(key, log);
        this.#failed(error);
        isFollowed = false;
      }
    }
    return isFollowed;
  }

  async remove(key: string): Promise<void> {
    const log = this.#logs.get(key);
    if (log === undefined) return;
    this.#close(key, log);
    await log.remove();
  }

  /** They are written no more: what they say is read by whoever reads the conversation. */
  leave(): void {
    for (const [key, log] of this.#logs) this.#close(key, log);
  }

  #open(key: string): TurnLogFile {
    const log = new TurnLogFile(this.#place);
    this.#logs.set(key, log);
    this.#beating ??= setInterval(() => void this.#beat(), heartbeat).unref();
    return log;
  }

  #close(key: string, log: TurnLogFile): void {
    log.leave();
    this.#logs.delete(key);
    if (this.#logs.size > 0) return;
    clearInterval(this.#beating);
    this.#beating = undefined;
  }

  /** Tells other windows that the logs are still written. */
  async #beat(): Promise<void> {
    await Promise.all([...this.#logs.values()].map((log) => log.touch())).catch(this.#failed);
  }
}

class TurnLogFile {
  readonly #file: string;
  readonly #name: string;
  readonly #log = new TurnLog();

  constructor({ folder, name }: Place) {
    this.#name = `${name}.${process.pid}-${crypto.randomUUID().slice(0, 8)}.log`;
    this.#file = path.join(folder, this.#name);
    own.add(this.#name);
  }

  async follow(conversation: Conversation, key: string): Promise<void> {
    const lines = this.#log.follow(conversation, key);
    if (lines !== '') await append(this.#file, lines);
  }

  async touch(): Promise<void> {
    const now = new Date();
    await utimes(this.#file, now, now).catch(undefinedIfMissing);
  }

  leave(): void {
    own.delete(this.#name);
  }

  async remove(): Promise<void> {
    await rm(this.#file, { force: true });
  }
}

/** A log of another window. */
export interface FoundLog {
  readonly file: string;
  readonly conversation: Conversation;
  /** Whether the window goes on with it. The others are left over: their windows were closed or killed in the middle of an answer. */
  readonly isWritten: boolean;
}

/** What logs say of the conversation's turns, but those of this window. @param files names of what is in its folder */
export async function findLogs(
  { folder, name }: Place,
  files: readonly string[],
  t: Translate,
): Promise<readonly FoundLog[]> {
  const elsewhere = { advice: t('It is being read in another window.'), remedy: 'none' } as const;
  const logs: FoundLog[] = [];
  for (const log of files) {
    if (!log.startsWith(`${name}.`) || !log.endsWith('.log') || own.has(log)) continue;
    const file = path.join(folder, log);
    const isWritten = await isWrittenNow(file, Number(/\.(\d+)-[^.]*\.log$/.exec(log)?.[1]));
    const conversation = readTurnLog((await readText(file)) ?? '', t, isWritten ? elsewhere : undefined);
    if (conversation !== undefined) logs.push({ file, conversation, isWritten });
  }
  return logs;
}

async function isWrittenNow(file: string, pid: number): Promise<boolean> {
  if (pid === process.pid || !isAlive(pid)) return false;
  const found = await stat(file).catch(undefinedIfMissing);
  return found !== undefined && Date.now() - found.mtimeMs < silent;
}
