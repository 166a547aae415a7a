import { useLayoutEffect, useState } from 'preact/hooks';
import type { Message } from '../../conversation/conversation.ts';

/** Turns that are drawn without being asked for, and that each press of the button adds. */
const turnsAtOnce = 100;
/** What is drawn before anything is on the screen, in characters: some screens. */
const atFirst = 12_000;
/** What is drawn at a time once the browser has time, in characters. */
const atATime = 6000;
/** What stands around an answer costs as much as so many characters of it. */
const frame = 500;
/** After this long it goes on even if the browser is never idle, in milliseconds. */
const longestWait = 200;

/** Counted from the end of the conversation: what is added at its beginning changes neither. */
interface Drawn {
  readonly turns: number;
  /** Turns behind those that are drawn. */
  readonly behind: number;
}

interface Wanted {
  /** Key of the message that the reader comes to first: the last one, if there is no such. */
  readonly place: string | undefined;
  /** Key of a message that is to be drawn at least, with all after it. */
  readonly reach: string | undefined;
  /** More is about to be drawn. */
  readonly before: () => void;
  /** More was drawn. */
  readonly after: () => void;
}

/** Which messages are drawn: at first those where the reader is, and more whenever the browser has time. */
export function useDrawn(
  messages: readonly Message[],
  { place, reach, before, after }: Wanted,
): { readonly from: number; readonly to: number; readonly showEarlier: (() => void) | undefined } {
  const { length } = messages;
  const [most, setMost] = useState(turnsAtOnce);
  const [drawn, setDrawn] = useState(() => around(messages, place));
  const reached = reach === undefined ? -1 : messages.findIndex(({ key }) => key === reach);
  const from = Math.max(0, Math.min(length - drawn.behind - drawn.turns, reached === -1 ? Infinity : reached));
  const to = reached === -1 ? length - drawn.behind : length;
  const isWaiting = drawn.behind > 0 || length - from < Math.min(length, most);
  useLayoutEffect(() => {
    if (!isWaiting) return undefined;
    const draw = (): void => {
      before();
      setDrawn(more(messages, from, to));
    };
    const id = requestIdleCallback(draw, { timeout: longestWait });
    return () => cancelIdleCallback(id);
  }, [from, to, isWaiting]);
  useLayoutEffect(after, [from, to]);
  return { from, to, showEarlier: from > 0 ? () => setMost(length - from + turnsAtOnce) : undefined };
}

/** The messages at the place, or at the end. */
function around(messages: readonly Message[], place: string | undefined): Drawn {
  const { length } = messages;
  const at = place === undefined ? -1 : messages.findIndex(({ key }) => key === place);
  if (at === -1) return between(length - worth(messages.toReversed(), atFirst), length, length);
  return between(at, at + worth(messages.slice(at), atFirst), length);
}

/** What follows comes first, as it may be in sight. */
function more(messages: readonly Message[], from: number, to: number): Drawn {
  const { length } = messages;
  if (to < length) return between(from, to + worth(messages.slice(to), atATime), length);
  return between(from - worth(messages.slice(0, from).toReversed(), atATime), to, length);
}

function between(from: number, to: number, length: number): Drawn {
  // With all that there is, what will be asked is drawn too.
  return { turns: from > 0 ? to - from : Math.max(to, turnsAtOnce), behind: length - to };
}

/** How many of the messages may be drawn for so many characters. */
function worth(messages: readonly Message[], characters: number): number {
  let left = characters;
  let count = 0;
  for (const { typed, run } of messages) {
    if (left <= 0) break;
    left -= frame + typed.length + run.text.length;
    count++;
  }
  return count;
}
