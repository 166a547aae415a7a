import * as v from 'valibot';
import { emptyConversation, type Conversation, type Message } from './conversation.ts';
import type { Translate } from './failure.ts';
import { reduceRun } from './reduceRun.ts';
import { isEnded, newRun, type Run } from './run.ts';
import { storedRun } from './storedRun.ts';

const message = v.object({
  key: v.string(),
  query: v.string(),
  askedAt: v.number(),
  run: storedRun,
  forgotten: v.boolean(),
});

/** `version` rises when the shape changes in a way that older code cannot read. */
const stored = v.object({ version: v.literal(1), id: v.optional(v.string()), messages: v.array(message) });

/** The conversation as text for a file. */
export function store({ id, messages }: Conversation): string {
  return JSON.stringify({ version: 1, id, messages });
}

/**
 * The conversation in what {@link store} wrote, or `undefined` if it is not one. An answer that was running when it was written is
 * told as incomplete: nobody reads it any more.
 */
export function restore(json: unknown, t: Translate): Conversation | undefined {
  const { success, output } = v.safeParse(stored, json);
  if (!success) return undefined;
  const { id = '' } = output;
  return {
    ...emptyConversation,
    key: id,
    id: output.id,
    messages: output.messages.map((item) => restoreMessage(item, t)),
  };
}

function restoreMessage(item: v.InferOutput<typeof message>, t: Translate): Message {
  const added = { typed: item.query, contexts: [], again: undefined, rating: undefined };
  return { ...item, ...added, run: restoreRun(item.run, t) };
}

/** The run in a file; one that was running when it was written is told as incomplete. */
export function restoreRun(kept: v.InferOutput<typeof storedRun>, t: Translate): Run {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON leaves out what is undefined, which reads as undefined all the same.
  const run = { ...newRun, ...kept } as Run;
  if (isEnded(run)) return run;
  const advice = t('The window was closed while the answer was running.');
  const failure = { fact: t('Incomplete.'), advice, remedy: 'retry', details: '' } as const;
  return { ...reduceRun(run, { type: 'incomplete', failure }), stoppable: false };
}
