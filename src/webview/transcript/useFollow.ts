import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Conversation } from '../../conversation/conversation.ts';
import type { PageSettings } from '../../conversation/protocol.ts';
import { remembered } from '../vscodeApi.ts';
import { Follow, type Anchor } from './follow.ts';

/** Where the reader was, and in which conversation. */
interface Place extends Anchor {
  readonly conversation: string;
}

/** Follows the growing end; a new question brings the reader back to it, and a page that comes back to where they were. */
export function useFollow(
  scroller: RefObject<HTMLElement | null>,
  { key, messages }: Conversation,
  mode: PageSettings['scroll'],
): { readonly isAway: boolean; readonly toEnd: () => void } {
  const [isAway, setAway] = useState(false);
  const follow = useRef<Follow>(undefined);
  const conversation = useRef(key);
  conversation.current = key;
  useEffect(() => {
    if (scroller.current === null) return undefined;
    const made = new Follow(scroller.current, {
      away: setAway,
      stayed: (anchor) =>
        remembered.set('place', anchor === undefined ? undefined : { ...anchor, conversation: conversation.current }),
    });
    made.mode = mode;
    follow.current = made;
    const place = rememberedPlace();
    if (place?.conversation !== key || !made.restore(place)) made.keep();
    return made.listen();
  }, [scroller]);
  useLayoutEffect(() => {
    if (follow.current !== undefined) follow.current.mode = mode;
  }, [mode]);
  useLayoutEffect(() => follow.current?.toEnd(), [messages.at(-1)?.key]);
  useLayoutEffect(() => follow.current?.opened(), [key]);
  useLayoutEffect(() => follow.current?.keep());
  return { isAway, toEnd: () => follow.current?.toEnd() };
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
