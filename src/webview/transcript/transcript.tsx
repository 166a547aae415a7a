import type { VNode } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Conversation } from '../../conversation/conversation.ts';
import type { AppFace } from '../../conversation/appFace.ts';
import type { ChatState, EditorTarget, PageSettings, Speech } from '../../conversation/protocol.ts';
import { isEnded } from '../../conversation/run.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { noHumanInput, type HumanInput } from '../humanInput/humanInput.tsx';
import { t } from '../locale.ts';
import { aimCode } from '../markdown/codeToolbar.ts';
import { showImages } from '../markdown/images.ts';
import { answerClicks } from './answerClicks.ts';
import { Disclaimer } from './emptyConversation.tsx';
import { leaveEnd } from './follow.ts';
import { noPlace, placesOf } from './places.ts';
import { Turn } from './turn.tsx';
import { usageText } from './usage.ts';
import { useDrawn } from './useDrawn.ts';
import { placeIn, useFollow, type Following } from './useFollow.ts';

interface Properties {
  readonly app: AppFace;
  readonly conversation: Conversation;
  readonly editor: EditorTarget | undefined;
  readonly scroll: PageSettings['scroll'];
  /** The message that is to be drawn at least, with all after it. */
  readonly reach: string | undefined;
  /** What the app suggests to ask next. */
  readonly followUps: readonly string[];
  /** The forms that runs wait for. */
  readonly humanInput: HumanInput;
  /** The answer that is read aloud. */
  readonly speech: Speech | undefined;
  readonly fetched: ChatState['fetched'];
  readonly showsImages: boolean;
  readonly sources: ChatState['sources'];
  /** What stands above the first question. */
  readonly beginning: VNode | null;
  /** What stands under the last answer, if anything does. */
  readonly ending: VNode | null;
  readonly actions: Actions;
}

/** The conversation: the only part of the page that scrolls. */
export function Transcript({ editor, scroll, beginning, ending, ...shown }: Properties): VNode {
  const { app, conversation, actions } = shown;
  const { messages } = conversation;
  const scroller = useRef<HTMLElement>(null);
  const follow = useFollow(scroller, conversation, scroll);
  useLayoutEffect(() => aimCode(document, editor), [editor]);
  const { fetched } = shown;
  useLayoutEffect(() => showImages(document, { host: app.host, fetched }), [app.host, fetched]);
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
        {/* What comes at once is a conversation that is opened: it is drawn anew. */}
        <Turns key={`${conversation.key} ${messages.length > 0}`} {...shown} isBusy={isBusy} follow={follow} />
        {ending}
        {(messages.length > 0 || ending !== null) && <Disclaimer app={app} />}
      </section>
      {follow.isAway && (
        <button class="jump" type="button" aria-label={t('jumpToLatest')} onClick={follow.toEnd}>
          <Icon name="arrow-down" classes="s" />
          <span>{t('latest')}</span>
        </button>
      )}
    </div>
  );
}

const noFollowUps: readonly string[] = [];
/** For most turns: what comes for others does not draw them anew. */
const nothing = {};

interface TurnsProperties extends Omit<Properties, 'editor' | 'scroll' | 'beginning' | 'ending'> {
  readonly isBusy: boolean;
  readonly follow: Following;
}

function Turns(properties: TurnsProperties): VNode {
  const { conversation, reach, followUps, humanInput, speech, fetched, sources, isBusy, follow, ...shared } =
    properties;
  const { key: conversationKey, messages } = conversation;
  const place = useMemo(() => placeIn(conversationKey)?.key, []);
  const { from, to, showEarlier } = useDrawn(messages, { place, reach, before: follow.hold, after: follow.keep });
  const last = messages.at(-1);
  // Not for each word of an answer: only what begins and ends changes where turns stand, and what they cost.
  const places = useMemo(() => placesOf(messages, from, usageText), [conversationKey, from, messages.length, isBusy]);
  return (
    <>
      {showEarlier !== undefined && (
        <div class="more-history">
          <button
            class="btn small"
            type="button"
            onClick={() => {
              leaveEnd();
              showEarlier();
            }}
          >
            {t('showEarlier')}
          </button>
        </div>
      )}
      {messages.slice(from, to).map((message) => (
        <Turn
          key={message.key}
          message={message}
          conversation={conversationKey}
          isLast={message === last}
          isBusy={isBusy}
          followUps={message === last ? followUps : noFollowUps}
          humanInput={message.run.status.type === 'paused' ? humanInput : noHumanInput}
          speech={speech?.key === message.key ? speech : undefined}
          fetched={message.run.files.length === 0 ? nothing : fetched}
          sources={message.run.citations.length === 0 ? nothing : sources}
          {...(places.get(message.key) ?? noPlace)}
          {...shared}
        />
      ))}
    </>
  );
}
