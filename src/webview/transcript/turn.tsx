import type { VNode } from 'preact';
import type { Message } from '../../conversation/conversation.ts';
import { isEnded } from '../../conversation/run.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { memo } from '../memo.ts';
import { ActionRow } from './actionRow.tsx';
import { AnswerText } from './answerText.tsx';
import { Failed, Incomplete, Paused, Stopped } from './ends.tsx';
import { Resending, Waiting } from './waiting.tsx';

interface Properties {
  readonly message: Message;
  readonly appName: string;
  readonly isLast: boolean;
  /** An answer is under way, this one or another. */
  readonly isBusy: boolean;
  readonly actions: Actions;
}

/** One question and its answer. */
export const Turn = memo(function Turn(properties: Properties): VNode {
  const { message, appName, isLast } = properties;
  return (
    <>
      <article class="turn ask" data-key={message.key} tabIndex={-1}>
        <h2 class="sr-only">{t('you')}</h2>
        <div class="ask-bubble">{message.query}</div>
      </article>
      <article class={isLast ? 'turn answer last' : 'turn answer'} data-key={message.key} tabIndex={-1}>
        <h2 class="sr-only">{appName}</h2>
        <Answer {...properties} />
      </article>
    </>
  );
});

function Answer(properties: Properties): VNode {
  const { message, isBusy, actions } = properties;
  const { run, key } = message;
  const canAct = isEnded(run) && run.text !== '';
  return (
    <>
      {message.forgotten && (
        <p class="note">
          <Icon name="info" />
          <span>{t('forgotten')}</span>
        </p>
      )}
      <AnswerText run={run} />
      <End {...properties} />
      {canAct && (
        <ActionRow run={run} copy={actions.copy} askAgain={isBusy ? undefined : () => actions.askAgain(key)} />
      )}
    </>
  );
}

/** What stands behind the text: nothing for an answer that grows or is whole. */
function End({ message, isBusy, actions }: Properties): VNode | null {
  const { run, key, askedAt } = message;
  const { status } = run;
  switch (status.type) {
    case 'waiting':
      // The key: another repetition counts down anew.
      return status.resend === undefined ? (
        <Waiting since={askedAt} />
      ) : (
        <Resending key={status.resend.attempt} resend={status.resend} cancel={actions.stop} />
      );
    case 'answering':
    case 'done':
      return null;
    case 'paused':
      return <Paused />;
    case 'stopped':
      return <Stopped hasText={run.text !== ''} />;
    case 'incomplete':
      return (
        <Incomplete
          failure={status.failure}
          remedy={(remedy) => actions.remedy(key, remedy)}
          askAgain={isBusy ? undefined : () => actions.askAgain(key)}
        />
      );
    case 'failed':
      return <Failed failure={status.failure} remedy={(remedy) => actions.remedy(key, remedy)} />;
  }
}
