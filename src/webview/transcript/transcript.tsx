import type { VNode } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Conversation } from '../../conversation/conversation.ts';
import type { AppFace, EditorTarget, PageSettings, Speech } from '../../conversation/protocol.ts';
import { isEnded } from '../../conversation/run.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { aimCode } from '../markdown/codeToolbar.ts';
import { answerClicks } from './answerClicks.ts';
import { Disclaimer } from './emptyConversation.tsx';
import { noPlace, placesOf } from './places.ts';
import { Turn } from './turn.tsx';
import { usageText } from './usage.ts';
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
  /** What the app suggests to ask next. */
  readonly followUps: readonly string[];
  /** The answer that is read aloud. */
  readonly speech: Speech | undefined;
  /** What stands above the first question. */
  readonly beginning: VNode;
  readonly actions: Actions;
}

/** The conversation: the only part of the page that scrolls. */
export function Transcript({ editor, scroll, beginning, ...shown }: Properties): VNode {
  const { app, conversation, actions } = shown;
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
        {beginning}
        <Turns {...shown} isBusy={isBusy} />
        {messages.length > 0 && <Disclaimer app={app} />}
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

const noFollowUps: readonly string[] = [];

interface TurnsProperties extends Omit<Properties, 'editor' | 'scroll' | 'beginning'> {
  readonly isBusy: boolean;
}

function Turns({ conversation, reach, followUps, speech, isBusy, ...shared }: TurnsProperties): VNode {
  const { key: conversationKey, messages } = conversation;
  const [count, setCount] = useState(turnsAtOnce);
  const reached = reach === undefined ? -1 : messages.findIndex(({ key }) => key === reach);
  const from = Math.max(0, Math.min(messages.length - count, reached === -1 ? Infinity : reached));
  const shown = messages.slice(from);
  // Not for each word of an answer: only what begins and ends changes where turns stand, and what they cost.
  const places = useMemo(() => placesOf(messages, from, usageText), [conversationKey, from, messages.length, isBusy]);
  return (
    <>
      {from > 0 && (
        <div class="more-history">
          <button class="btn small" type="button" onClick={() => setCount(count + turnsAtOnce)}>
            {t('showEarlier')}
          </button>
        </div>
      )}
      {shown.map((message, index) => (
        <Turn
          key={message.key}
          message={message}
          conversation={conversationKey}
          isLast={index === shown.length - 1}
          isBusy={isBusy}
          followUps={index === shown.length - 1 ? followUps : noFollowUps}
          speech={speech?.key === message.key ? speech : undefined}
          {...(places.get(message.key) ?? noPlace)}
          {...shared}
        />
      ))}
    </>
  );
}
