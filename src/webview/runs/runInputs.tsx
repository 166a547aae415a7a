import type { VNode } from 'preact';
import type { Message } from '../../conversation/conversation.ts';
import { formatDate } from '../../conversation/format.ts';
import type { InputControl } from '../../conversation/inputForm.ts';
import { shownInputs } from '../../conversation/runApps.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { language, t } from '../locale.ts';
import { memo } from '../memo.ts';
import { valueWords } from './inputsText.ts';

/** Nothing of the answer: the inputs are not rendered anew for every word of it. */
interface Properties extends Pick<Message, 'typed' | 'inputs' | 'files' | 'askedAt'> {
  /** The key of the message. */
  readonly of: string;
  readonly form: readonly InputControl[];
  readonly isBusy: boolean;
  readonly actions: Actions;
}

/** What an app was run with: one line that opens to all of it. */
export const RunInputs = memo(function RunInputs(properties: Properties): VNode {
  const { of, typed, askedAt, form, isBusy, actions } = properties;
  const inputs = shownInputs(form, properties);
  const changed = (): void => {
    actions.post({ type: 'refill', of });
    actions.open('inputs');
  };
  return (
    <article class="turn ask" data-key={of} tabIndex={-1}>
      <h2 class="sr-only">{t('you')}</h2>
      <div class="ask-bubble" title={formatDate(askedAt, language, { dateStyle: 'medium', timeStyle: 'short' })}>
        <details class="fold">
          <summary>
            <Icon name="list-selection" classes="s" />
            <span class="cut">
              {t('inputs')}
              {inputs.length === 0 ? t('noInputs') : <b>{typed}</b>}
            </span>
          </summary>
          <dl class="inputs">
            {inputs.map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{valueWords(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
        {!isBusy && (
          <div class="ask-tools" role="group" aria-label={t('questionActions')}>
            <button
              class="icon-btn"
              type="button"
              aria-label={t('runChanged')}
              title={t('runChanged')}
              onClick={changed}
            >
              <Icon name="edit" />
            </button>
          </div>
        )}
      </div>
    </article>
  );
});
