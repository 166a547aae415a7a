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
/** After this many seconds, and again after as many, the person is asked whether to wait on. */
const askAfter = 180;

interface Properties {
  /** Milliseconds since 1970; `undefined` for an answer that is read on from now. */
  readonly since: number | undefined;
  /** Whether Dify can be told to stop; else only the reading would. */
  readonly stoppable: boolean;
  /** Whether it is seen elsewhere that the app works: then this says only that it takes long. */
  readonly isSeen: boolean;
  readonly stop: () => void;
}

/** The time before the first word. */
export function Waiting({ since, stoppable, isSeen, stop }: Properties): VNode | null {
  const [now] = useState(() => Date.now());
  const seconds = useSeconds(since ?? now);
  const [isLate, setLate] = useState(false);
  const [askAt, setAskAt] = useState(askAfter);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patience);
    return () => clearTimeout(timer);
  }, []);
  if (seconds >= askAt) {
    return <LongWait seconds={seconds} stoppable={stoppable} stop={stop} waitOn={() => setAskAt(seconds + askAfter)} />;
  }
  if (isSeen && seconds < longFrom) return null;
  return (
    <p class="waiting">
      {isLate && <Icon name={isSeen ? 'clockface' : 'loading'} classes={isSeen ? 's' : 's spin'} />}
      {isLate && <span class="num">{waitingText(seconds)}</span>}
    </p>
  );
}

function waitingText(seconds: number): string {
  if (seconds >= longFrom) return t('stillWorking', { n: seconds });
  return seconds >= countFrom ? t('waitingSince', { n: seconds }) : t('waiting');
}

interface LongProperties {
  readonly seconds: number;
  readonly stoppable: boolean;
  readonly stop: () => void;
  readonly waitOn: () => void;
}

function LongWait({ seconds, stoppable, stop, waitOn }: LongProperties): VNode {
  return (
    <div class="end" role="group" aria-label={t('waitingGroup')}>
      <Icon name="clockface" classes="muted" />
      <div class="num">{t('noWordYet', { n: seconds })}</div>
      <div class="actions">
        <button class="btn small" type="button" title={stoppable ? t('stop') : t('stopReading')} onClick={stop}>
          {t('stopWaiting')}
        </button>
        <button class="btn small" type="button" onClick={waitOn}>
          {t('keepWaiting')}
        </button>
      </div>
    </div>
  );
}

interface ResendingProperties {
  readonly resend: Resend;
  readonly tryNow: () => void;
  readonly cancel: () => void;
}

/** A request that will be sent again: why, when, and the ways out. */
export function Resending({ resend, tryNow, cancel }: ResendingProperties): VNode {
  const [since] = useState(() => Date.now());
  const n = Math.max(1, Math.ceil(resend.seconds) - useSeconds(since));
  return (
    <div class="end" role="group" aria-label={t('waitingGroup')}>
      <Icon name="clockface" classes="muted" />
      <div class="num">
        <strong>{resend.failure.fact}</strong> {t('tryingAgain', { n, attempt: resend.attempt, of: resend.of })}
      </div>
      <div class="actions">
        <button class="btn small" type="button" onClick={tryNow}>
          {t('tryNow')}
        </button>
        <button class="btn small" type="button" onClick={cancel}>
          {t('cancel')}
        </button>
      </div>
    </div>
  );
}

/** The connection to an answer was lost, and it goes on at the server: what came is above. */
export function ReadingOn({ stop }: { readonly stop: () => void }): VNode {
  return (
    <p class="end line">
      <Icon name="loading" classes="s spin" />
      <span>
        {t('readingOn')}{' '}
        <button class="btn link small" type="button" title={t('stopReadingOn')} onClick={stop}>
          {t('stopWaiting')}
        </button>
      </span>
    </p>
  );
}
