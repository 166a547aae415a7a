/** A place in the text where something is being chosen from a list. */
export interface Trigger {
  readonly type: 'mention' | 'slash';
  /** Where its character stands, and where what filters the list ends. */
  readonly from: number;
  readonly to: number;
  /** What follows the character. */
  readonly filter: string;
}

/** Longest text between the character and the cursor that is still taken for a filter. */
const longest = 200;

/** What the text before the cursor asks for: `@` after anything but a word (that would be an e-mail address), `/` as the first of all. */
export function triggerAt(text: string, caret: number): Trigger | undefined {
  const before = text.slice(0, caret);
  const slash = /^\/(\S*)$/.exec(before);
  if (slash !== null) return triggerOf('slash', slash[1] ?? '', caret);
  const mention = /(?:^|[^A-Za-z0-9_.+-])@([^\s@]*)$/.exec(before);
  return mention === null ? undefined : triggerOf('mention', mention[1] ?? '', caret);
}

function triggerOf(type: Trigger['type'], filter: string, caret: number): Trigger | undefined {
  return filter.length > longest ? undefined : { type, from: caret - filter.length - 1, to: caret, filter };
}
