import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { answerOf } from '../../conversation/outputs.ts';
import type { AppFace } from '../../conversation/appFace.ts';
import { isRunApp } from '../../conversation/runApps.ts';
import { withoutThinking } from '../../conversation/thinking.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { AnswerMenu } from './answerMenu.tsx';
import { CopyButton } from './copyButton.tsx';
import { Feedback } from './feedback.tsx';
import type { Rating, TurnProperties } from './turn.tsx';
import { usageText } from './usage.ts';

/** What can be done with an answer that has ended, and what it cost. */
export function ActionRow(properties: TurnProperties): VNode {
  const { message, app, total, isBusy, actions } = properties;
  const { key, rating, run } = message;
  const again = againWords(app);
  // What was cut off has a button of its own for it, above.
  const offersAgain = !isBusy && run.status.type !== 'incomplete';
  const [asksWhy, setAsksWhy] = useState(false);
  const usage = usageText(run.usage);
  const tell = (pressed: Rating | '', comment = ''): void =>
    actions.post({ type: 'rate', key, rating: pressed, comment });
  const rate = (pressed: Rating): void => {
    const isTakenBack = rating === pressed;
    tell(isTakenBack ? '' : pressed);
    setAsksWhy(pressed === 'dislike' && !isTakenBack);
  };
  const comment = (text: string): void => {
    tell('dislike', text);
    setAsksWhy(false);
    actions.announce(t('feedbackSent'));
  };
  // Dify knows no message by which an answer that never began could be rated.
  const rateIfKnown = run.messageId === undefined ? undefined : rate;
  return (
    <>
      <div class="answer-foot" role="group" aria-label={t('answerActions')}>
        <CopyButton label={t('copyAnswer')} copy={() => actions.copy(withoutThinking(answerOf(run)))} />
        {offersAgain && (
          <button
            class="icon-btn"
            type="button"
            aria-label={again.label}
            title={again.hint}
            onClick={() => actions.askAgain(key)}
          >
            <Icon name="refresh" />
          </button>
        )}
        {rateIfKnown !== undefined && <Thumb of="like" rating={rating} rate={rateIfKnown} />}
        {rateIfKnown !== undefined && <Thumb of="dislike" rating={rating} rate={rateIfKnown} />}
        <AnswerMenu {...properties} usage={usage} rate={rateIfKnown} />
        {usage !== '' && (
          <span class="usage num" title={total === '' ? undefined : t('usageSoFar', { usage: total })}>
            {usage}
          </span>
        )}
      </div>
      {asksWhy && rating === 'dislike' && <Feedback id={key} send={comment} skip={() => setAsksWhy(false)} />}
    </>
  );
}

function againWords({ mode }: AppFace): { readonly label: string; readonly hint: string } {
  if (isRunApp(mode)) return { label: t('runAgain'), hint: t('runAgainHint') };
  return { label: t('askAgain'), hint: t('askAgainHint') };
}

interface ThumbProperties {
  readonly of: Rating;
  readonly rating: Rating | undefined;
  readonly rate: (pressed: Rating) => void;
}

function Thumb({ of, rating, rate }: ThumbProperties): VNode {
  const isPressed = rating === of;
  const label = of === 'like' ? t('goodAnswer') : t('badAnswer');
  const icon = of === 'like' ? 'thumbsup' : 'thumbsdown';
  return (
    <button
      class="icon-btn fold-away"
      type="button"
      aria-pressed={isPressed}
      aria-label={label}
      title={label}
      onClick={() => rate(of)}
    >
      <Icon name={isPressed ? `${icon}-filled` : icon} />
    </button>
  );
}
