import type { VNode } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Conversation, Message } from '../../conversation/conversation.ts';
import type { AppFace, EditorTarget, PageSettings } from '../../conversation/protocol.ts';
import { isEnded } from '../../conversation/run.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { aimCode } from '../markdown/codeToolbar.ts';
import { answerClicks } from './answerClicks.ts';
import { EmptyConversation } from './emptyConversation.tsx';
import { Turn } from './turn.tsx';
import { useFollow } from './useFollow.ts';

/** Turns that are in the page at first, and that each press of the button adds. */
const turnsAtOnce = 100;

interface Properties {
  readonly app: AppFace;
  readonly conversation: Conversation;
  readonly editor: EditorTarget | undefined;
  readonly scroll: PageSettings['scroll'];
  /** The message that is to be drawn at least, with all after it. */
  readonly reach: string | undefined;
  readonly actions: Actions;
}

/** The conversation: the only part of the page that scrolls. */
export function Transcript({ app, conversation, editor, scroll, reach, actions }: Properties): VNode {
  const { messages } = conversation;
  const scroller = useRef<HTMLElement>(null);
  const { isAway, toEnd } = useFollow(scroller, conversation, scroll);
  useLayoutEffect(() => aimCode(document, editor), [editor]);
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
        <Turns messages={messages} reach={reach} appName={app.name} isBusy={isBusy} actions={actions} />
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
  readonly reach: string | undefined;
  readonly appName: string;
  readonly isBusy: boolean;
  readonly actions: Actions;
}

function Turns({ messages, reach, ...shared }: TurnsProperties): VNode {
  const [count, setCount] = useState(turnsAtOnce);
  const reached = reach === undefined ? -1 : messages.findIndex(({ key }) => key === reach);
  const shown = messages.slice(-Math.max(count, reached === -1 ? 0 : messages.length - reached));
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
