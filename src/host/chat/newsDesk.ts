import type { Conversation } from '../../conversation/conversation.ts';
import type { RunEvent } from '../../conversation/run.ts';
import { withoutThinking } from '../../conversation/thinking.ts';
import type { Happened } from './talk.ts';

/** What the person sees at the moment. */
export interface Looking {
  /** A page of the chat is seen in this window. */
  readonly isVisible: boolean;
  readonly hasFocus: boolean;
  /** The conversation that pages show. */
  readonly conversation: Pick<Conversation, 'key' | 'messages'> | undefined;
}

/** What a notification says. */
export interface Told {
  readonly appId: string;
  /** The conversation's. */
  readonly key: string;
  readonly what: 'answered' | 'needsYou';
  /** The first line of the answer, or what is waited for; '' where that is not known. */
  readonly line: string;
}

/** Characters of an answer that a notification shows. */
const longest = 80;

/** What happened that the person has not seen: which conversations have something for them. */
export class NewsDesk {
  /** Keys of conversations. */
  readonly #news = new Set<string>();

  /** How many conversations have something for the person that they do not see. */
  get count(): number {
    return this.#news.size;
  }

  /**
   * @param conversation in which it happened, where it is known
   * @returns what is to be told at once: nothing of what the person can see, or would see by a look at the chat beside them
   */
  hear({ appId, key, event }: Happened, looking: Looking, conversation?: Looking['conversation']): Told | undefined {
    if (event.type === 'asked') this.#news.delete(key);
    if (event.type !== 'run') return undefined;
    const what = kindOf(event.event);
    if (event.event.type === 'resumed') this.#news.delete(key);
    if (what === undefined || sees(looking, key)) return undefined;
    this.#news.add(key);
    // A failure is said in its turn, where it can be repaired.
    if (what === 'failed') return undefined;
    if (looking.isVisible && looking.hasFocus) return undefined;
    return { appId, key, what, line: lineOf(event.event, event.key, conversation) };
  }

  /** The conversation is deleted. */
  forget(key: string): void {
    this.#news.delete(key);
  }

  /** The person looks: what they see now is not news any more. */
  look(looking: Looking): void {
    for (const key of this.#news) if (sees(looking, key)) this.#news.delete(key);
  }
}

function sees({ isVisible, hasFocus, conversation }: Looking, key: string): boolean {
  return isVisible && hasFocus && conversation?.key === key;
}

/** A stop is the person's own. */
function kindOf({ type }: RunEvent): Told['what'] | 'failed' | undefined {
  if (type === 'answered') return 'answered';
  if (type === 'paused') return 'needsYou';
  return type === 'failed' || type === 'incomplete' ? 'failed' : undefined;
}

function lineOf(event: RunEvent, messageKey: string, conversation: Looking['conversation']): string {
  const run = conversation?.messages.findLast((message) => message.key === messageKey)?.run;
  if (run === undefined) return '';
  const open = run.forms.find(({ state }) => state.type === 'open');
  return shortened(event.type === 'paused' ? (open?.form.node_title ?? '') : withoutThinking(run.text));
}

/** The first line with words, without the marks of Markdown. */
function shortened(text: string): string {
  const lines = text.split('\n').map((line) =>
    line
      .replace(/^[\s#>*\-`~|]+/, '')
      .replaceAll(/[*_`]/g, '')
      .trim(),
  );
  const line = lines.find((each) => each !== '') ?? '';
  return line.length <= longest ? line : `${line.slice(0, longest - 1).trimEnd()}…`;
}
