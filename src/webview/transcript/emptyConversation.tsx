import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { AppFace } from '../../conversation/protocol.ts';
import type { Actions } from '../actions.ts';
import { AppIcon } from '../appIcon.tsx';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { StreamingMarkdown } from '../markdown/streamingMarkdown.ts';

interface Properties {
  readonly app: AppFace;
  readonly actions: Actions;
}

/** A conversation before its first question: the app's face and its ways to begin. */
export function EmptyConversation({ app, actions }: Properties): VNode {
  return (
    <>
      <div class="hero">
        <AppIcon app={app} classes="big" />
        <h2>{app.name}</h2>
        {app.description !== '' && <p>{app.description}</p>}
      </div>
      {app.openingStatement !== '' && (
        <article class="turn answer" tabIndex={-1} aria-label={t('openingStatement')}>
          <Opening text={app.openingStatement} />
        </article>
      )}
      {app.suggestedQuestions.length > 0 && <Starters questions={app.suggestedQuestions} actions={actions} />}
    </>
  );
}

function Opening({ text }: { readonly text: string }): VNode {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (root.current === null) return;
    root.current.replaceChildren();
    const markdown = new StreamingMarkdown(root.current);
    markdown.add(text);
    markdown.end();
  }, [text]);
  return <div class="md" ref={root} />;
}

function Starters({ questions, actions }: { readonly questions: readonly string[]; readonly actions: Actions }): VNode {
  const choose = (question: string, event: MouseEvent): void => {
    if (event.altKey) actions.type(question);
    else actions.ask(question);
  };
  return (
    <div class="turn">
      <div class="prompts starters" role="group" aria-label={t('suggestedQuestions')}>
        {questions.map((question) => (
          <button
            key={question}
            class="prompt"
            type="button"
            title={t('starterHint')}
            onClick={(event) => choose(question, event)}
          >
            <Icon name="comment" />
            <span>{question}</span>
          </button>
        ))}
      </div>
    </div>
  );
}
