import type { VNode } from 'preact';
import type { Message } from '../../conversation/conversation.ts';
import { formatTime } from '../../conversation/format.ts';
import type { AppFace } from '../../conversation/appFace.ts';
import type { ChatState, Speech } from '../../conversation/protocol.ts';
import { isRunApp } from '../../conversation/runApps.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { language, t } from '../locale.ts';
import type { HumanInput } from '../humanInput/humanInput.tsx';
import { memo } from '../memo.ts';
import { Answer } from './answer.tsx';
import type { Place } from './places.ts';
import { Question } from './question.tsx';
import { RunInputs } from '../runs/runInputs.tsx';

/** What a person may think of an answer. */
export type Rating = NonNullable<Message['rating']>;

export interface TurnProperties extends Place {
  readonly message: Message;
  /** Ours, of the conversation. */
  readonly conversation: string;
  readonly app: AppFace;
  readonly isLast: boolean;
  /** An answer is under way, this one or another. */
  readonly isBusy: boolean;
  /** What the app suggests to ask next; none but for the last turn. */
  readonly followUps: readonly string[];
  /** The forms that this run waits for. */
  readonly humanInput: HumanInput;
  /** `undefined` unless this answer is read aloud. */
  readonly speech: Speech | undefined;
  /** Files of this answer that were asked for, among others. */
  readonly fetched: ChatState['fetched'];
  readonly showsImages: boolean;
  /** Where its citations are in the workspace, among others. */
  readonly sources: ChatState['sources'];
  readonly actions: Actions;
}

/** One question and its answer. */
export const Turn = memo(function Turn(properties: TurnProperties): VNode {
  const { message, app, isLast, isBusy, isRepeat, folded, actions } = properties;
  const { key, typed, contexts, inputs, files, askedAt } = message;
  const name = message.again === undefined ? app.name : t('askedAgain', { app: app.name });
  return (
    <>
      {isRunApp(app.mode) ? (
        <RunInputs of={key} {...{ typed, inputs, files, askedAt, isBusy, actions }} form={app.form} />
      ) : (
        !isRepeat && (
          <Question of={key} typed={typed} contexts={contexts} files={files} askedAt={askedAt} actions={actions} />
        )
      )}
      <article class={isLast ? 'turn answer last' : 'turn answer'} data-key={key} tabIndex={-1}>
        <h2 class="sr-only">{name}</h2>
        {folded === undefined ? (
          <Answer {...properties} />
        ) : (
          <details class="fold">
            <summary>
              <Icon name="refresh" classes="s" />
              <span class="cut">{folded === 'first' ? t('firstAnswer') : t('earlierAnswer')}</span>
              <span class="end-slot num">{formatTime(askedAt, language)}</span>
            </summary>
            <div class="fold-body earlier">
              <Answer {...properties} />
            </div>
          </details>
        )}
      </article>
    </>
  );
});
