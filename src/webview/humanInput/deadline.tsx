import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { formatDate, formatTime } from '../../conversation/format.ts';
import { daysBetween } from '../conversations/times.ts';
import { Icon } from '../icon.tsx';
import { language, t } from '../locale.ts';

const minute = 60_000;

/** The moment, in milliseconds since 1970, again every minute and when `until` has come. */
export function useMinute(until: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const left = until - Date.now();
    if (left <= 0 || left === Infinity) return undefined;
    const timer = setTimeout(() => setNow(Date.now()), Math.min(left, left % minute || minute));
    return () => clearTimeout(timer);
  }, [until, now]);
  return now;
}

/** How long the form may be answered, in words and as a date. @param until milliseconds since 1970 */
export function Deadline({ until, now }: { readonly until: number; readonly now: number }): VNode {
  return (
    <p class="deadline">
      <Icon name="clockface" classes="s" />
      <span>{t('answerWithin', { duration: durationWords(until - now), time: momentWords(until, now) })}</span>
    </p>
  );
}

/** "2 days 3 h", "23 h 41 min", "5 min". */
function durationWords(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / minute));
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60)];
  const words = [
    days > 0 ? t('daysLeft', { n: days }) : '',
    hours > 0 ? t('hoursLeft', { n: hours }) : '',
    days === 0 && minutes % 60 > 0 ? t('minutesLeft', { n: minutes % 60 }) : '',
  ];
  return words.filter((word) => word !== '').join(' ');
}

/** "tomorrow, 10:15", "2 Nov, 10:15". */
export function momentWords(at: number, now: number): string {
  const days = daysBetween(now, at);
  const day =
    Math.abs(days) <= 1
      ? new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
      : formatDate(at, language, { day: 'numeric', month: 'short' });
  return t('dayAndTime', { day, time: formatTime(at, language) });
}
