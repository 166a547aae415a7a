import type { VNode } from 'preact';
import type { FormValues } from '../../conversation/inputForm.ts';
import { fillPlaceholders, hasOpenPlaceholder } from '../../conversation/placeholders.ts';
import type { AppFace } from '../../conversation/appFace.ts';
import type { Actions } from '../actions.ts';
import { AppIcon } from '../appIcon.tsx';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { MarkdownText } from '../markdown/markdownText.tsx';

/** Who answers here. */
export function Hero({ app }: { readonly app: AppFace }): VNode {
  return (
    <div class="hero">
      <AppIcon app={app} classes="big" />
      <h2>{app.name}</h2>
      {app.description !== '' && <p>{app.description}</p>}
    </div>
  );
}

interface FilledProperties {
  readonly app: AppFace;
  /** What takes the places of `{{variable}}`s. */
  readonly values: FormValues;
}

/** What the app says first. */
export function Opening({ app, values }: FilledProperties): VNode {
  return (
    <article class="turn answer" tabIndex={-1} aria-label={t('openingStatement')}>
      <MarkdownText text={fillPlaceholders(app.openingStatement, app.form, values)} />
    </article>
  );
}

type StarterProperties = FilledProperties & { readonly actions: Actions };

/** Questions to begin with. One that still misses a value goes under what is typed, to be completed there. */
export function Starters({ app, values, actions }: StarterProperties): VNode | null {
  const { form, suggestedQuestions } = app;
  if (suggestedQuestions.length === 0) return null;
  const choose = (written: string, question: string, event: MouseEvent): void => {
    const isOpen = hasOpenPlaceholder(written, form, values);
    if (event.type === 'contextmenu' || event.altKey || isOpen) {
      event.preventDefault();
      actions.insert(question);
    } else {
      actions.ask(question);
    }
  };
  return (
    <div class="turn">
      <div class="prompts starters" role="group" aria-label={t('suggestedQuestions')}>
        {suggestedQuestions.map((written) => {
          const question = fillPlaceholders(written, form, values);
          return (
            <button
              key={written}
              class="prompt"
              type="button"
              title={t('starterHint')}
              onClick={(event) => choose(written, question, event)}
              onContextMenu={(event) => choose(written, question, event)}
            >
              <Icon name="comment" />
              <span>{question}</span>
            </button>
          );
        })}
      </div>
    </div>
  );
}

/** What the app's owner says beside all answers. */
export function Disclaimer({ app }: { readonly app: AppFace }): VNode | null {
  const { disclaimer, privacyPolicy } = app;
  if (disclaimer === '' && privacyPolicy === '') return null;
  const isAddress = /^https?:\/\//i.test(privacyPolicy);
  return (
    <p class="disclaimer">
      {disclaimer}
      {disclaimer !== '' && privacyPolicy !== '' && ' '}
      {isAddress ? <a href={privacyPolicy}>{t('privacyPolicy')}</a> : privacyPolicy}
    </p>
  );
}
