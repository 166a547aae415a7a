import type { ConversationRow } from '../../conversation/protocol.ts';
import { formatDate, formatTime } from '../../conversation/format.ts';

/** Headings under which conversations stand, in their order. */
export const groups = ['groupPinned', 'groupToday', 'groupYesterday', 'groupWeek', 'groupOlder'] as const;
export type Group = (typeof groups)[number];

/** @param now milliseconds since 1970, like the times of rows */
export function groupOf({ pinned, changedAt }: Pick<ConversationRow, 'pinned' | 'changedAt'>, now: number): Group {
  if (pinned) return 'groupPinned';
  const days = daysBetween(changedAt, now);
  if (days <= 0) return 'groupToday';
  if (days === 1) return 'groupYesterday';
  return days <= 7 ? 'groupWeek' : 'groupOlder';
}

/** "10:04" today, "Sat" within a week, else "2 Nov", with the year if it is another one. */
export function formatDay(at: number, now: number, language: string): string {
  const days = daysBetween(at, now);
  if (days <= 0) return formatTime(at, language);
  if (days < 7) return formatDate(at, language, { weekday: 'short' });
  const isOtherYear = new Date(at).getFullYear() !== new Date(now).getFullYear();
  const day = { day: 'numeric', month: 'short' } as const;
  return formatDate(at, language, isOtherYear ? { ...day, year: 'numeric' } : day);
}

/** Midnights between two moments, where the person is. */
export function daysBetween(from: number, to: number): number {
  return dayOf(to) - dayOf(from);
}

/** Counted in a calendar without summer time. */
function dayOf(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
}
