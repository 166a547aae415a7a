import * as v from 'valibot';
import { isFields, type Fields } from '../dify/json.ts';
import { emptyConversation, type Conversation, type Message } from './conversation.ts';
import type { Failure, Translate } from './failure.ts';
import { reduceRun } from './reduceRun.ts';
import { isEnded, newRun, type Run } from './run.ts';
import { number, storedRun } from './storedRun.ts';

/** A conversation as it is kept on this computer. */
export interface Kept {
  readonly conversation: Conversation;
  readonly pinned: boolean;
  /** When something was asked or answered last, in milliseconds since 1970. */
  readonly changedAt: number;
}

/** What a file says of a conversation. */
export interface StoredCopy extends Kept {
  /** Another one at each writing: tells whether somebody else wrote meanwhile. '' in files of version 1. */
  readonly revision: string;
  /** Keys of messages that left the conversation: a copy that still has them gives them up. */
  readonly removed: readonly string[];
  /** Written by a newer version of this extension: it is not to be overwritten. */
  readonly newer: boolean;
}

/** `version` rises when the shape changes in a way that older code cannot read. */
const version = 2;

/** So many keys of messages that left are remembered: what another window does not give up by then comes back. */
const removedAtMost = 100;

const fields = v.custom<Fields>(isFields);

export const storedContext = v.object({
  key: v.string(),
  kind: v.picklist(['selection', 'file', 'problems', 'diff', 'clipboard']),
  name: v.string(),
  lines: v.optional(v.tuple([number, number])),
  size: number,
});

const oldMessage = v.object({
  key: v.string(),
  query: v.string(),
  askedAt: number,
  run: storedRun,
  forgotten: v.boolean(),
});

export const storedFile = v.object({
  name: v.string(),
  type: v.string(),
  size: v.optional(number),
  mapping: fields,
  thumbnail: v.optional(v.string()),
});

/** A message in a file. */
export const storedMessage = v.object({
  ...oldMessage.entries,
  typed: v.string(),
  contexts: v.array(storedContext),
  files: v.optional(v.array(storedFile), []),
  inputs: v.optional(fields),
  again: v.optional(v.string()),
  rating: v.optional(v.picklist(['like', 'dislike'])),
});

/** What is known of a conversation besides its messages. */
export const storedHead = v.object({
  key: v.string(),
  id: v.optional(v.string()),
  name: v.string(),
  inputs: v.optional(fields),
});

const oldCopy = v.object({ version: v.literal(1), id: v.optional(v.string()), messages: v.array(oldMessage) });

const copy = v.object({
  version: v.pipe(number, v.minValue(version)),
  revision: v.string(),
  ...storedHead.entries,
  pinned: v.boolean(),
  changedAt: number,
  removed: v.array(v.string()),
  messages: v.array(storedMessage),
});

const anyVersion = v.object({ version: v.pipe(number, v.minValue(version + 1)) });

/** The copy as text for a file: what has ended of it. An answer that runs is in the log of the window that reads it. */
export function store({ revision, conversation, pinned, changedAt, removed }: Omit<StoredCopy, 'newer'>): string {
  const { key, id, name, inputs } = conversation;
  const messages = conversation.messages.filter(({ run }) => isEnded(run));
  const kept = removed.slice(-removedAtMost);
  return JSON.stringify({ version, revision, key, id, name, inputs, pinned, changedAt, removed: kept, messages });
}

/** The beginning of what {@link store} wrote that tells its revision. */
export function revisionIn(beginning: string): string | undefined {
  return /^\{"version":\d+,"revision":"([\w-]*)"/.exec(beginning)?.[1];
}

/**
 * The copy in what {@link store} wrote; `newer` if it is one that only a newer version of this extension reads, and `undefined` if it
 * is none. An answer that was running when it was written is told as incomplete: nobody reads it any more.
 */
export function restore(json: unknown, t: Translate): StoredCopy | 'newer' | undefined {
  const { success, output } = v.safeParse(copy, json);
  if (!success) return v.is(anyVersion, json) ? 'newer' : restoreOld(json, t);
  const { revision, pinned, changedAt, removed, key, id, name, inputs } = output;
  const messages = output.messages.map((message) => restoreMessage(message, t));
  const conversation = { key, id, name, inputs, messages };
  return { conversation, revision, pinned, changedAt, removed, newer: output.version > version };
}

/** What version 0.1 of the extension wrote: files named after Dify's id, which is the key from then on. */
function restoreOld(json: unknown, t: Translate): StoredCopy | undefined {
  const { success, output } = v.safeParse(oldCopy, json);
  if (!success) return undefined;
  const { id } = output;
  const messages = output.messages.map((message) =>
    restoreMessage({ ...message, typed: message.query, contexts: [], files: [] }, t),
  );
  const conversation = { ...emptyConversation, key: id ?? '', id, messages };
  const changedAt = messages.at(-1)?.askedAt ?? 0;
  return { conversation, pinned: false, changedAt, revision: '', removed: [], newer: false };
}

/** The message in a file; see {@link restoreRun}. */
export function restoreMessage(message: v.InferOutput<typeof storedMessage>, t: Translate, cut?: Cut): Message {
  const contexts = message.contexts.map((context) => ({ ...context, lines: context.lines }));
  const files = message.files.map((file) => ({ ...file, size: file.size, thumbnail: file.thumbnail }));
  const { again, rating, inputs } = message;
  return { ...message, contexts, files, inputs, again, rating, run: restoreRun(message.run, t, cut) };
}

/** Why a run that was running is not read to its end, and what helps. */
export type Cut = Pick<Failure, 'advice' | 'remedy'>;

/**
 * The run in a file; one that was running when it was written is told as incomplete.
 *
 * @param cut without it the window was closed
 */
export function restoreRun(kept: v.InferOutput<typeof storedRun>, t: Translate, cut?: Cut): Run {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON leaves out what is undefined, which reads as undefined all the same.
  const run = { ...newRun, ...kept } as Run;
  if (isEnded(run)) return run;
  const { advice, remedy } = cut ?? {
    advice: t('The window was closed while the answer was running.'),
    remedy: 'retry',
  };
  const failure = { fact: t('Incomplete.'), advice, remedy, details: '' };
  const because = cut === undefined ? 'closed' : undefined;
  return { ...reduceRun(run, { type: 'incomplete', failure, because }), stoppable: false };
}
