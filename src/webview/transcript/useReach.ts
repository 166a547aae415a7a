import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Page } from '../page.ts';
import { leaveEnd } from './follow.ts';

/**
 * The message down to which the page is to be drawn, and what sets it. An answer that was asked for from outside of the page is drawn, brought
 * into sight and given the focus, once.
 */
export function useReach(revealed: Page['revealed']): readonly [string | undefined, (key: string) => void] {
  const [reach, setReach] = useState<string>();
  const shown = useRef<Page['revealed']>(undefined);
  useLayoutEffect(() => {
    if (revealed !== undefined) setReach(revealed.key);
  }, [revealed]);
  useLayoutEffect(() => {
    if (revealed === undefined || reach !== revealed.key || shown.current === revealed) return;
    shown.current = revealed;
    show(revealed.key);
  }, [revealed, reach]);
  return [reach, setReach];
}

function show(key: string): void {
  const answer = document.querySelector<HTMLElement>(`article.turn.answer[data-key="${CSS.escape(key)}"]`);
  if (answer === null) return;
  leaveEnd();
  // Focused first: that scrolls too, and less well.
  answer.focus();
  answer.scrollIntoView({ block: 'start' });
}
