import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Conversation } from '../../conversation/conversation.ts';
import type { PageSettings } from '../../conversation/protocol.ts';
import { isEnded } from '../../conversation/run.ts';
import { remembered } from '../vscodeApi.ts';
import { Follow, type Anchor } from './follow.ts';

/** Where the reader was, and in which conversation. */
interface Place extends Anchor {
  readonly conversation: string;
}

/** What goes on with the place of the reader. */
export interface Following {
  /** The reader is away from the end. */
  readonly isAway: boolean;
  readonly toEnd: () => void;
  /** To be called before turns are drawn above those that are there, */
  readonly hold: () => void;
  /** and whenever the transcript has grown. */
  readonly keep: () => void;
}

/** Follows the growing end; a new question brings the reader back to it, and a page that comes back to where they were. */
export function useFollow(
  scroller: RefObject<HTMLElement | null>,
  { key, messages }: Conversation,
  mode: PageSettings['scroll'],
): Following {
  const [isAway, setAway] = useState(false);
  const follow = useRef<Follow>(undefined);
  const conversation = useRef(key);
  conversation.current = key;
  useLayoutEffect(() => {
    if (follow.current !== undefined) follow.current.mode = mode;
  }, [mode]);
  const last = messages.at(-1);
  const isRunning = last !== undefined && !isEnded(last.run);
  useLayoutEffect(() => follow.current?.shown(isRunning), [key, last?.key]);
  useLayoutEffect(() => follow.current?.keep());
  // After the others, of which none is for a transcript that is new; and before the first frame, which shows where the reader was.
  useLayoutEffect(() => {
    if (scroller.current === null) return undefined;
    const made = new Follow(scroller.current, {
      away: setAway,
      stayed: (anchor) =>
        remembered.set('place', anchor === undefined ? undefined : { ...anchor, conversation: conversation.current }),
    });
    made.mode = mode;
    follow.current = made;
    const place = placeIn(key);
    if (place === undefined || !made.restore(place)) made.shown(isRunning);
    return made.listen();
  }, [scroller]);
  return {
    isAway,
    toEnd: () => follow.current?.toEnd(),
    hold: () => follow.current?.hold(),
    keep: () => follow.current?.keep(),
  };
}

/** Where the reader was in the conversation before the page was hidden; `undefined` at its end. */
export function placeIn(conversation: string): Anchor | undefined {
  const place = rememberedPlace();
  return place?.conversation === conversation ? place : undefined;
}

/** What VS Code kept is ours, but may be of another version. */
function rememberedPlace(): Place | undefined {
  const state = remembered.get('place');
  if (typeof state !== 'object' || state === null) return undefined;
  const { key, part, below, conversation } = state as Partial<Record<keyof Place, unknown>>;
  return typeof key === 'string' && typeof below === 'number' && typeof conversation === 'string'
    ? { key, part: part === 'ask' ? part : 'answer', below, conversation }
    : undefined;
}
