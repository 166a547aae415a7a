import type { VNode } from 'preact';
import { countWords } from '../conversation/format.ts';
import { t } from './locale.ts';
import { withoutThinking } from '../conversation/thinking.ts';
import { memo } from './memo.ts';
import type { News } from './news.ts';

interface Properties {
  readonly news: News | undefined;
  /** Something to say that is no news of an answer; '' if there is nothing. */
  readonly hint: string;
  readonly appName: string;
}

/** What a screen reader says without being asked. Failures interrupt, everything else waits its turn. */
export const LiveRegions = memo(function LiveRegions({ news, hint, appName }: Properties): VNode {
  return (
    <>
      <div class="sr-only" role="status">
        {hint === '' ? statusText(news, appName) : hint}
      </div>
      <div class="sr-only" role="alert">
        {news?.type === 'failed' && `${news.failure.fact} ${news.failure.advice}`.trimEnd()}
      </div>
    </>
  );
});

function statusText(news: News | undefined, app: string): string {
  switch (news?.type) {
    case 'answering':
      return t('isAnswering', { app });
    case 'done':
      return t('answerDone', { n: countWords(withoutThinking(news.text)) });
    case 'paused':
      return t('needsYou', { app, title: news.title || t('waitingForm') });
    case 'stopped':
      return t('answerStopped');
    case 'failed':
    case undefined:
      return '';
  }
}
