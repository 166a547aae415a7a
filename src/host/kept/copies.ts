import { rename, rm } from 'node:fs/promises';
import { emptyConversation, type Message } from '../../conversation/conversation.ts';
import type { Translate } from '../../conversation/failure.ts';
import { furthest, type Copy } from '../../conversation/mergeCopies.ts';
import { restore, revisionIn, store, type StoredCopy } from '../../conversation/stored.ts';
import { parseJson } from '../../dify/json.ts';
import type { Log } from '../log.ts';
import { locked } from './lock.ts';
import { copyFile, type Place } from './paths.ts';
import { findLogs, type FoundLog } from './turnLogFiles.ts';
import { namesOfFiles, readBeginning, readText, undefinedIfMissing, writeSafely } from './wholeFiles.ts';

export interface CopiesPorts {
  readonly t: Translate;
  readonly log: Pick<Log, 'warn' | 'error'>;
  /** Tells the person; the same words once only. */
  readonly tell: (words: string) => void;
}

/** What there is of a conversation; `unchanged` since the revision that the asker knows. */
export type Found = StoredCopy | undefined | 'unchanged';

const unchanged = { found: 'unchanged', logs: [] } as const;

/** The files of conversations, each with the logs of turns in other windows. */
export class Copies {
  readonly #ports: CopiesPorts;
  /** By file: the revision that this window knows. */
  readonly #known = new Map<string, string>();

  constructor(ports: CopiesPorts) {
    this.#ports = ports;
  }

  /**
   * @param files names of what is in its folder, where they are known
   * @throws what keeps a file that is there from being read
   */
  async read(place: Place, files?: readonly string[]): Promise<StoredCopy | undefined> {
    const copy = await this.#readFile(copyFile(place));
    const logs = await findLogs(place, files ?? (await namesOfFiles(place.folder)), this.#ports.t);
    return copy === 'newer' ? undefined : withLogs(copy, logs);
  }

  /**
   * Puts something in the place of what is there, while nobody else does.
   *
   * @param make from what is there, or `undefined` to leave it
   * @param revision `make` need not be told what is there if it is this one
   * @returns the new revision; `undefined` if nothing was written
   * @throws what keeps it from being read or written
   */
  async replace(
    place: Place,
    make: (found: Found) => Copy | undefined,
    revision?: string,
  ): Promise<string | undefined> {
    const file = copyFile(place);
    return await locked(file, async (isOurs) => {
      const isKnown = revision !== undefined && (await this.revisionOf(place)) === revision;
      const there = isKnown ? unchanged : await this.#there(place);
      const made = there === 'newer' ? this.#tellOfNewer() : make(there.found);
      if (there === 'newer' || made === undefined) return undefined;
      const next = crypto.randomUUID();
      this.#known.set(file, next);
      if (!(await writeSafely(file, store({ ...made, revision: next }), isOurs))) throw new Error('The lock was lost');
      for (const log of there.logs) await rm(log.file, { force: true });
      return next;
    });
  }

  /** What tells whether somebody wrote the file; '' if it is not there. */
  async revisionOf(place: Place): Promise<string> {
    return revisionIn((await readBeginning(copyFile(place), 200)) ?? '') ?? '';
  }

  /** Whether another window wrote or deleted the file since the last call, or since this one wrote it. */
  async wasChanged(place: Place): Promise<boolean> {
    const revision = await this.revisionOf(place);
    const file = copyFile(place);
    if (this.#known.get(file) === revision) return false;
    this.#known.set(file, revision);
    return true;
  }

  /** This window deleted the file. */
  removed(place: Place): void {
    this.#known.set(copyFile(place), '');
  }

  async #there(place: Place): Promise<{ readonly found: Found; readonly logs: readonly FoundLog[] } | 'newer'> {
    const copy = await this.#readFile(copyFile(place));
    if (copy === 'newer' || copy?.newer === true) return 'newer';
    const all = await findLogs(place, await namesOfFiles(place.folder), this.#ports.t);
    const logs = all.filter(({ isWritten }) => !isWritten);
    return { found: withLogs(copy, logs), logs };
  }

  async #readFile(file: string): Promise<StoredCopy | 'newer' | undefined> {
    const text = await readText(file);
    if (text === undefined) return undefined;
    const copy = restore(parseJson(text), this.#ports.t);
    if (copy !== undefined) return copy;
    const aside = `${file}.bad-${Date.now()}`;
    // Another window may have done it a moment ago.
    await rename(file, aside).catch(undefinedIfMissing);
    const { log, tell, t } = this.#ports;
    log.warn(`The local copy of a conversation cannot be read; it is put aside: ${aside}`);
    tell(
      t('A conversation that was kept on this computer cannot be read. Its file was put aside: {file}', {
        file: aside,
      }),
    );
    return undefined;
  }

  #tellOfNewer(): undefined {
    const { tell, t } = this.#ports;
    tell(
      t(
        'A newer version of Dify Companion kept this conversation. What is said in it now is not kept by this version.',
      ),
    );
  }
}

/** The copy with what ran when windows were closed or killed, or runs in another one. */
function withLogs(copy: StoredCopy | undefined, logs: readonly FoundLog[]): StoredCopy | undefined {
  return logs.reduce<StoredCopy | undefined>(withLog, copy);
}

function withLog(copy: StoredCopy | undefined, { conversation: said }: FoundLog): StoredCopy {
  const { conversation, ...rest } = copy ?? { ...none, conversation: { ...emptyConversation, key: said.key } };
  const messages = new Map(conversation.messages.map((message) => [message.key, message]));
  for (const message of said.messages.filter(({ key }) => !rest.removed.includes(key))) {
    const known = messages.get(message.key);
    messages.set(message.key, known === undefined ? message : furthest(known, message));
  }
  const sorted = [...messages.values()].toSorted((a, b) => a.askedAt - b.askedAt);
  return {
    ...rest,
    changedAt: Math.max(rest.changedAt, lastAskedAt(sorted)),
    conversation: {
      ...conversation,
      id: said.id ?? conversation.id,
      name: conversation.name || said.name,
      inputs: said.inputs ?? conversation.inputs,
      messages: sorted,
    },
  };
}

const none = { pinned: false, changedAt: 0, revision: '', removed: [], newer: false } as const;

/** When something was asked last, in milliseconds since 1970; 0 for never. */
export function lastAskedAt(messages: readonly Message[]): number {
  return messages.at(-1)?.askedAt ?? 0;
}
