import { formatPrice, formatSeconds } from '../../conversation/format.ts';
import type { Usage } from '../../conversation/run.ts';
import { language, t } from '../locale.ts';

/** "2.1 s · 388 tokens · $0.0009": what is known of it; '' for nothing. What the server counted as zero it did not count, and what rounds to zero says nothing. */
export function usageText(usage: Usage | undefined): string {
  if (usage === undefined) return '';
  const { latency = 0, totalTokens = 0 } = usage;
  return [
    latency < 0.05 ? undefined : formatSeconds(latency, language),
    totalTokens === 0 ? undefined : t('tokens', { n: totalTokens }),
    formatPrice(usage, language),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}
