import type { Conversation, Message } from './conversation.ts';
import { answerOf } from './outputs.ts';
import type { ConversationRow } from './protocol.ts';
import { shownInputs } from './runApps.ts';
import { withoutThinking } from './thinking.ts';

interface Searchable {
  readonly text: string;
  readonly lower: string;
}

/** So much of a text stands before what was found, in UTF-16 code units. */
const before = 24;
/** So long is an excerpt at most. */
const longest = 120;

/** Finds conversations by their titles, and by what was asked and answered as far as it is kept here. */
export class ConversationSearch {
  /** Putting the text of a long conversation together takes longer than looking into it. */
  readonly #texts = new WeakMap<Conversation, Searchable>();

  /**
   * The row if the search finds it, with an excerpt where the text was found and not the title.
   *
   * @param search in lower case, not ''
   */
  find(row: ConversationRow, conversation: Conversation | undefined, search: string): ConversationRow | undefined {
    if (`${row.name}\n${row.firstQuestion}`.toLowerCase().includes(search)) return row;
    if (conversation === undefined) return undefined;
    const { text, lower } = this.#textOf(conversation);
    const at = lower.indexOf(search);
    return at === -1 ? undefined : { ...row, excerpt: excerptOf(text, at) };
  }

  #textOf(conversation: Conversation): Searchable {
    const known = this.#texts.get(conversation);
    if (known !== undefined) return known;
    const parts = conversation.messages.flatMap((message) => [
      askedIn(message),
      withoutThinking(answerOf(message.run)),
    ]);
    const text = parts.join('\n').replaceAll(/\s+/g, ' ');
    const made = { text, lower: text.toLowerCase() };
    this.#texts.set(conversation, made);
    return made;
  }
}

/** What was asked; of a run all that it was given, which its line only begins to say. */
function askedIn(message: Message): string {
  if (message.inputs === undefined) return message.typed;
  return shownInputs([], message)
    .map(({ value }) => (typeof value === 'string' ? value : ''))
    .join('\n');
}

function excerptOf(text: string, at: number): string {
  const from = Math.max(0, at - before);
  const piece = text.slice(from, from + longest).toWellFormed();
  return `${from > 0 ? '…' : ''}${piece.trim()}${from + longest < text.length ? '…' : ''}`;
}
