import * as v from 'valibot';
import type { Conversation, Message } from './conversation.ts';
import { remedies, type Translate } from './failure.ts';
import type { RunStatus, Usage } from './run.ts';

const failure = v.object({ fact: v.string(), advice: v.string(), remedy: v.picklist(remedies), details: v.string() });

const resend = v.object({ attempt: v.number(), of: v.number(), seconds: v.number(), failure });

const status = v.variant('type', [
  v.object({ type: v.literal('waiting'), resend: v.optional(resend) }),
  v.object({ type: v.literal('answering') }),
  v.object({ type: v.literal('done') }),
  v.object({ type: v.literal('stopped') }),
  v.object({ type: v.literal('incomplete'), failure }),
  v.object({ type: v.literal('failed'), failure }),
]);

const usage = v.object({
  totalTokens: v.optional(v.number()),
  latency: v.optional(v.number()),
  totalPrice: v.optional(v.string()),
  currency: v.optional(v.string()),
});

const message = v.object({
  key: v.string(),
  query: v.string(),
  askedAt: v.number(),
  run: v.object({
    text: v.string(),
    status,
    messageId: v.optional(v.string()),
    stoppable: v.boolean(),
    usage: v.optional(usage),
  }),
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
  if (!v.is(stored, json)) return undefined;
  return { id: json.id, messages: json.messages.map((item) => restoreMessage(item, t)) };
}

function restoreMessage(item: v.InferOutput<typeof message>, t: Translate): Message {
  const { key, query, askedAt, forgotten } = item;
  const { text, messageId } = item.run;
  const run = {
    text,
    messageId,
    status: restoreStatus(item.run.status, t),
    stoppable: false,
    usage: restoreUsage(item.run.usage),
  };
  return { key, query, askedAt, forgotten, run };
}

function restoreStatus(known: v.InferOutput<typeof status>, t: Translate): RunStatus {
  if (known.type !== 'waiting' && known.type !== 'answering') return known;
  const advice = t('The window was closed while the answer was running.');
  return { type: 'incomplete', failure: { fact: t('Incomplete.'), advice, remedy: 'retry', details: '' } };
}

/** JSON leaves out what is undefined; ours has every member. */
function restoreUsage(known: v.InferOutput<typeof usage> | undefined): Usage | undefined {
  if (known === undefined) return undefined;
  const { totalTokens, latency, totalPrice, currency } = known;
  return { totalTokens, latency, totalPrice, currency };
}
