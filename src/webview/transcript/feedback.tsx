import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { isComposing } from '../composer/keys.ts';
import { t } from '../locale.ts';

interface Properties {
  /** Of the message; unique in the page. */
  readonly id: string;
  readonly send: (comment: string) => void;
  readonly skip: () => void;
}

/** What was wrong with an answer: optional, the rating has been told already. */
export function Feedback({ id, send, skip }: Properties): VNode {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.form?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <form
      class="feedback"
      aria-label={t('feedback')}
      onSubmit={(event) => {
        event.preventDefault();
        const comment = field.current?.value.trim() ?? '';
        if (comment === '') skip();
        else send(comment);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isComposing(event)) return;
        event.preventDefault();
        skip();
      }}
    >
      <label for={`feedback-${id}`}>
        {t('whatWasWrong')} <span class="muted">{t('whoReadsFeedback')}</span>
      </label>
      <textarea class="area" id={`feedback-${id}`} rows={2} ref={field} />
      <div class="actions">
        <button class="btn small" type="button" onClick={skip}>
          {t('skip')}
        </button>
        <button class="btn small primary" type="submit">
          {t('sendFeedback')}
        </button>
      </div>
    </form>
  );
}
