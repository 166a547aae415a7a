import { EventEmitter } from 'vscode';
import type { ContextItem } from '../../../conversation/conversation.ts';
import { fuzzyScore } from '../../../conversation/fuzzy.ts';
import type { StateChange } from '../../../conversation/protocol.ts';
import { t } from '../../words.ts';
import type { ChatPart } from '../part.ts';
import type { Attachment } from './attachment.ts';

/** What there is to attach. */
export interface Offers {
  /** Known at once. */
  readonly now: () => readonly Attachment[];
  /** The same and all that had to be asked for: Git, the clipboard, the files of the workspace. */
  readonly all: () => Promise<readonly Attachment[]>;
  /** With the size of the file, where it is not known. */
  readonly sized: (attachment: Attachment) => Promise<Attachment>;
}

/** So many rows are shown. */
const most = 12;

/** The list behind `@`: gathered when it is opened, filtered with each letter, forgotten when it is closed. */
export class Mentions implements ChatPart {
  readonly #offers: Offers;
  readonly #changed = new EventEmitter<StateChange>();
  readonly onDidChange = this.#changed.event;
  #all: readonly Attachment[] | undefined;
  #shown: readonly Attachment[] = [];
  #filter = '';

  constructor(offers: Offers) {
    this.#offers = offers;
  }

  state(): StateChange {
    if (this.#all === undefined) return { mentions: undefined };
    return { mentions: { filter: this.#filter, items: this.#shown.map(({ item }) => item) } };
  }

  /** Shows what the filter leaves. Resolves when nothing more comes. */
  async filter(filter: string): Promise<void> {
    this.#filter = filter;
    if (this.#all === undefined) {
      this.#all = this.#offers.now();
      this.#show();
      const all = await this.#offers.all();
      // Closed, or opened anew, while it was gathered.
      if (this.#all === undefined) return;
      this.#all = all;
    }
    this.#show();
    await this.#size();
  }

  close(): void {
    this.#all = undefined;
    this.#shown = [];
    this.#changed.fire(this.state());
  }

  /** What a row stands for. */
  find(key: string): Attachment | undefined {
    return this.#all?.find(({ item }) => item.key === key);
  }

  #show(): void {
    this.#shown = matches(this.#all ?? [], this.#filter);
    this.#changed.fire(this.state());
  }

  /** Asks for the sizes of those that are shown. */
  async #size(): Promise<void> {
    const asked = this.#shown;
    const sized = await Promise.all(
      asked.map(async (one) => (one.item.size === 0 ? await this.#offers.sized(one) : one)),
    );
    if (asked !== this.#shown || sized.every((one, index) => one === asked[index])) return;
    const bySize = new Map(sized.map((one) => [one.item.key, one]));
    this.#all = this.#all?.map((one) => bySize.get(one.item.key) ?? one);
    this.#show();
  }
}

/** The best first; without a filter in the order in which they are offered. */
function matches(all: readonly Attachment[], filter: string): readonly Attachment[] {
  if (filter === '') return all.slice(0, most);
  return all
    .flatMap((one) => {
      const score = scoreOf(one.item, filter);
      return score === undefined ? [] : [{ one, score }];
    })
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ one }) => one);
}

/** A file by its path; the others by what they are called, in English and in the person's language, and before any file. */
function scoreOf({ kind, name }: ContextItem, filter: string): number | undefined {
  if (kind === 'file') return fuzzyScore(filter, name);
  const names = { selection: t('Selection'), problems: t('Problems'), diff: t('Changes'), clipboard: t('Clipboard') };
  const isNamed = [kind, names[kind]].some((one) => one.toLowerCase().startsWith(filter.toLowerCase()));
  return isNamed ? 10_000 : undefined;
}
