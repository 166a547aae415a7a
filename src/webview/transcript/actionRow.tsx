import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Run, Usage } from '../../conversation/run.ts';
import { formatPrice, formatSeconds } from '../../conversation/format.ts';
import { Icon } from '../icon.tsx';
import { language, t } from '../locale.ts';
import { withoutThinking } from '../../conversation/thinking.ts';

/** How long a button says that it has copied, in milliseconds. */
export const copiedFor = 1500;

interface Properties {
  readonly run: Run;
  readonly copy: (text: string) => void;
  /** `undefined` while another answer is under way. */
  readonly askAgain: (() => void) | undefined;
}

/** What can be done with a finished answer, and what it cost. */
export function ActionRow({ run, copy, askAgain }: Properties): VNode {
  const usage = run.usage === undefined ? '' : usageText(run.usage);
  return (
    <div class="answer-foot" role="group" aria-label={t('answerActions')}>
      <CopyButton copy={() => copy(withoutThinking(run.text))} />
      {askAgain !== undefined && (
        <button class="icon-btn" type="button" aria-label={t('askAgain')} title={t('askAgainHint')} onClick={askAgain}>
          <Icon name="refresh" />
        </button>
      )}
      {usage !== '' && <span class="usage num">{usage}</span>}
    </div>
  );
}

function CopyButton({ copy }: { readonly copy: () => void }): VNode {
  const [isDone, setDone] = useState(false);
  const act = (): void => {
    copy();
    setDone(true);
    setTimeout(() => setDone(false), copiedFor);
  };
  const label = isDone ? t('copied') : t('copyAnswer');
  return (
    <button class="icon-btn" type="button" aria-label={label} title={label} onClick={act}>
      <Icon name={isDone ? 'check' : 'copy'} />
    </button>
  );
}

function usageText(usage: Usage): string {
  const { latency, totalTokens } = usage;
  return [
    latency === undefined ? undefined : formatSeconds(latency, language),
    totalTokens === undefined ? undefined : t('tokens', { n: totalTokens }),
    formatPrice(usage, language),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}
