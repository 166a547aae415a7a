import type { RefObject, VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Conversation, Message } from '../../conversation/conversation.ts';
import type { AppFace } from '../../conversation/protocol.ts';
import { isEnded } from '../../conversation/run.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { answerClicks } from './answerClicks.ts';
import { EmptyConversation } from './emptyConversation.tsx';
import { Follow } from './follow.ts';
import { Turn } from './turn.tsx';

/** Turns that are in the page at first, and that each press of the button adds. */
const turnsAtOnce = 100;

interface Properties {
  readonly app: AppFace;
  readonly conversation: Conversation;
  readonly actions: Actions;
}

/** The conversation: the only part of the page that scrolls. */
export function Transcript({ app, conversation, actions }: Properties): VNode {
  const { messages } = conversation;
  const scroller = useRef<HTMLElement>(null);
  const { isAway, toEnd } = useFollow(scroller, messages.at(-1)?.key);
  const clicked = useMemo(() => answerClicks(actions), [actions]);
  const isBusy = messages.some((message) => !isEnded(message.run));
  return (
    <div class="transcript-wrap">
      <section
        class="transcript"
        aria-label={t('messages')}
        tabIndex={0}
        aria-busy={isBusy}
        ref={scroller}
        onClick={clicked}
        onAuxClick={clicked}
      >
        {messages.length === 0 && <EmptyConversation app={app} actions={actions} />}
        <Turns messages={messages} appName={app.name} isBusy={isBusy} actions={actions} />
      </section>
      {isAway && (
        <button class="jump" type="button" aria-label={t('jumpToLatest')} onClick={toEnd}>
          <Icon name="arrow-down" classes="s" />
          <span>{t('latest')}</span>
        </button>
      )}
    </div>
  );
}

interface TurnsProperties {
  readonly messages: readonly Message[];
  readonly appName: string;
  readonly isBusy: boolean;
  readonly actions: Actions;
}

function Turns({ messages, ...shared }: TurnsProperties): VNode {
  const [count, setCount] = useState(turnsAtOnce);
  const shown = messages.slice(-count);
  return (
    <>
      {shown.length < messages.length && (
        <div class="more-history">
          <button class="btn small" type="button" onClick={() => setCount(count + turnsAtOnce)}>
            {t('showEarlier')}
          </button>
        </div>
      )}
      {shown.map((message, index) => (
        <Turn key={message.key} message={message} isLast={index === shown.length - 1} {...shared} />
      ))}
    </>
  );
}

/** Follows the growing end; a new question brings the reader back to it. */
function useFollow(
  scroller: RefObject<HTMLElement | null>,
  lastKey: string | undefined,
): { readonly isAway: boolean; readonly toEnd: () => void } {
  const [isAway, setAway] = useState(false);
  const follow = useRef<Follow>(undefined);
  useEffect(() => {
    if (scroller.current === null) return undefined;
    follow.current = new Follow(scroller.current, setAway);
    follow.current.keep();
    return follow.current.listen();
  }, [scroller]);
  useLayoutEffect(() => follow.current?.toEnd(), [lastKey]);
  useLayoutEffect(() => follow.current?.keep());
  return { isAway, toEnd: () => follow.current?.toEnd() };
}
