import type { VNode } from 'preact';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';

interface Properties {
  readonly questions: readonly string[];
  readonly actions: Actions;
}

/** Questions that the app suggests next. A click asks; Alt+click or the menu key puts the words under what is typed. */
export function FollowUps({ questions, actions }: Properties): VNode {
  return (
    <div class="prompts" role="group" aria-label={t('followUps')}>
      {questions.map((question) => (
        <button
          key={question}
          class="prompt"
          type="button"
          title={t('followUpHint')}
          onClick={({ altKey }) => (altKey ? actions.insert(question) : actions.ask(question))}
          onContextMenu={(event) => {
            event.preventDefault();
            actions.insert(question);
          }}
        >
          <Icon name="reply" />
          <span>{question}</span>
        </button>
      ))}
    </div>
  );
}
