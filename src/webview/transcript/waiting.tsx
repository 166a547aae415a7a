import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Resend } from '../../conversation/run.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { useSeconds } from './useSeconds.ts';

/** Before this, in milliseconds, nothing is shown: a flash would only disturb. */
const patience = 300;
/** From this many seconds on they are counted. */
const countFrom = 10;
/** From this many seconds on it is said that this can be normal. */
const longFrom = 60;

/** The time before the first word. */
export function Waiting({ since }: { readonly since: number }): VNode {
  const seconds = useSeconds(since);
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patience);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p class="waiting">
      {isLate && <Icon name="loading" classes="s spin" />}
      {isLate && <span class="num">{waitingText(seconds)}</span>}
    </p>
  );
}

function waitingText(seconds: number): string {
  if (seconds >= longFrom) return t('stillWorking', { n: seconds });
  return seconds >= countFrom ? t('waitingSince', { n: seconds }) : t('waiting');
}

/** A request that will be sent again: why, when, and the way out. */
export function Resending({ resend, cancel }: { readonly resend: Resend; readonly cancel: () => void }): VNode {
  const [since] = useState(() => Date.now());
  const n = Math.max(1, Math.ceil(resend.seconds) - useSeconds(since));
  return (
    <div class="end" role="group" aria-label={t('waitingGroup')}>
      <Icon name="clockface" classes="muted" />
      <div class="num">
        <strong>{resend.failure.fact}</strong> {t('tryingAgain', { n, attempt: resend.attempt, of: resend.of })}
      </div>
      <div class="actions">
        <button class="btn small" type="button" onClick={cancel}>
          {t('cancel')}
        </button>
      </div>
    </div>
  );
}
