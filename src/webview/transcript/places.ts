import type { Message } from '../../conversation/conversation.ts';
import type { Usage } from '../../conversation/run.ts';

/** What a turn shows that comes from the turns around it. Texts only, so that one that stays the same renders nothing anew. */
export interface Place {
  /** The answer stands below the one that it repeats, without its question. */
  readonly isRepeat: boolean;
  /** The question was asked again: the answer is folded. */
  readonly folded: 'first' | 'earlier' | undefined;
  /** What the conversation cost up to here, or ''. */
  readonly total: string;
}

/** A turn that stands for itself. */
export const noPlace: Place = { isRepeat: false, folded: undefined, total: '' };

/**
 * @param from index of the first message that is wanted: saying what many cost is dear
 * @param say puts a cost into words
 * @returns by the key of the message
 */
export function placesOf(
  messages: readonly Message[],
  from: number,
  say: (usage: Usage) => string,
): ReadonlyMap<string, Place> {
  const asked = firstAsked(messages);
  const newest = new Map(messages.map(({ key }) => [asked.get(key), key]));
  const total = new Total();
  for (const message of messages.slice(0, from)) total.add(message);
  return new Map(
    messages.slice(from).map((message, index) => {
      const { again, key } = message;
      const before = messages[from + index - 1];
      const isRepeat = again !== undefined && before !== undefined && asked.get(before.key) === asked.get(key);
      const which = again === undefined ? 'first' : 'earlier';
      total.add(message);
      const folded = newest.get(asked.get(key)) === key ? undefined : which;
      return [key, { isRepeat, folded, total: say(total.usage) }];
    }),
  );
}

/** For each message the one that asked its question first: itself, unless it repeats another one. */
function firstAsked(messages: readonly Message[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const { again, key } of messages) first.set(key, again === undefined ? key : (first.get(again) ?? again));
  return first;
}

/** What messages cost together, as far as it is known. */
class Total {
  #tokens = 0;
  #price = 0;
  #currency: string | undefined;
  #isMixed = false;

  get usage(): Usage {
    return {
      latency: undefined,
      totalTokens: this.#tokens === 0 ? undefined : this.#tokens,
      totalPrice: this.#isMixed || this.#price === 0 ? undefined : String(this.#price),
      currency: this.#currency,
    };
  }

  add({ run: { usage } }: Message): void {
    if (usage === undefined) return;
    this.#tokens += usage.totalTokens ?? 0;
    this.#price += Number(usage.totalPrice ?? 0);
    this.#isMixed ||= this.#currency !== undefined && usage.currency !== undefined && usage.currency !== this.#currency;
    this.#currency ??= usage.currency;
  }
}
