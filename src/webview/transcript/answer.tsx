import type { ComponentChildren, VNode } from 'preact';
import { isEnded, type Run } from '../../conversation/run.ts';
import type { AppFace } from '../../conversation/appFace.ts';
import { isRunApp } from '../../conversation/runApps.ts';
import { AnswerFiles } from '../files/answerFiles.tsx';
import { ShownUnasked } from '../files/shownUnasked.tsx';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { Outputs } from '../runs/outputs.tsx';
import { Sources } from '../sources/sources.tsx';
import { Spoken } from '../speech/spoken.tsx';
import { ActionRow } from './actionRow.tsx';
import { ClosedForms, WaitingForms } from '../humanInput/humanInput.tsx';
import { Failed, Incomplete, Stopped } from './ends.tsx';
import { FollowUps } from './followUps.tsx';
import { hasProcess, Process } from './steps/process.tsx';
import type { TurnProperties } from './turn.tsx';
import { ReadingOn, Resending, Waiting } from './waiting.tsx';

/** What came back: notes about it, its text, how it ended, and what can be done with it. */
export function Answer(properties: TurnProperties): VNode {
  const { message, app, speech, actions } = properties;
  const { run, key, askedAt } = message;
  const hasSomething = run.text !== '' || run.status.type === 'done';
  return (
    <>
      {message.forgotten && <Note icon="info">{t('forgotten')}</Note>}
      {message.again !== undefined && <Note icon="refresh">{t('askedAgainNote')}</Note>}
      <Process run={run} of={key} askedAt={askedAt} app={app} actions={actions} />
      <ClosedForms forms={run.forms} status={run.status.type} />
      <Outputs run={run} />
      <Brought {...properties} />
      <Marks run={run} app={app} />
      <End {...properties} />
      {isEnded(run) && hasSomething && <ActionRow {...properties} />}
      {speech !== undefined && <Spoken speech={speech} actions={actions} />}
      {mayFollow(properties) && <FollowUps questions={properties.followUps} actions={actions} />}
    </>
  );
}

/** What the answer used, and what it brought. */
function Brought({ message, app, fetched, showsImages, sources, actions }: TurnProperties): VNode {
  const { key, run } = message;
  const { host } = app;
  return (
    <>
      <Sources citations={run.citations} of={key} sources={sources} actions={actions} />
      <AnswerFiles files={run.files} of={key} host={host} fetched={fetched} actions={actions} />
      {showsImages && isEnded(run) && (
        <ShownUnasked run={run} of={key} host={host} fetched={fetched} actions={actions} />
      )}
    </>
  );
}

/** Suggestions follow the last answer, once it is there. */
function mayFollow({ message, isBusy, isLast, followUps }: TurnProperties): boolean {
  return isLast && !isBusy && message.run.status.type === 'done' && followUps.length > 0;
}

interface MarksProperties {
  readonly run: Run;
  readonly app: AppFace;
}

/** What is to be known of a whole answer. */
function Marks({ run: { annotatedBy: by, files, status, text }, app }: MarksProperties): VNode {
  const isEmpty = status.type === 'done' && text.trim() === '' && files.length === 0;
  return (
    <>
      {isEmpty && <Note icon="info">{isRunApp(app.mode) ? t('noOutputs') : t('emptyAnswer')}</Note>}
      {by !== undefined && <Note icon="verified">{by === '' ? t('annotated') : t('annotatedBy', { name: by })}</Note>}
    </>
  );
}

function Note({ icon, children }: { readonly icon: string; readonly children: ComponentChildren }): VNode {
  return (
    <p class="note">
      <Icon name={icon} />
      <span>{children}</span>
    </p>
  );
}

/** What stands behind the text: nothing for an answer that grows or is whole. */
function End({ message, app, conversation, humanInput, isBusy, actions }: TurnProperties): VNode | null {
  const { run, key, askedAt } = message;
  const { status, stoppable } = run;
  const label = isRunApp(app.mode) ? t('runAgain') : t('askAgainButton');
  const again = isBusy ? undefined : { label, act: (): void => actions.askAgain(key) };
  switch (status.type) {
    case 'waiting':
      if (status.lost !== undefined) return <ReadingOn stop={actions.stop} />;
      // The key: another repetition counts down anew.
      return status.resend === undefined ? (
        <Waiting
          since={run.text === '' ? askedAt : undefined}
          stoppable={stoppable}
          isSeen={hasProcess(run)}
          stop={actions.stop}
        />
      ) : (
        <Resending
          key={status.resend.attempt}
          resend={status.resend}
          tryNow={() => actions.wish('retryNow')}
          cancel={actions.stop}
        />
      );
    case 'answering':
    case 'done':
      return null;
    case 'paused':
      return <WaitingForms forms={run.forms} known={humanInput} messageKey={key} {...{ conversation, actions }} />;
    case 'stopped':
      return <Stopped hasText={run.text !== ''} because={status.because} again={again} />;
    case 'incomplete':
      return <Incomplete failure={status.failure} remedy={(remedy) => actions.remedy(key, remedy)} again={again} />;
    case 'failed':
      return (
        <Failed
          failure={status.failure}
          remedy={(remedy) => actions.remedy(key, remedy)}
          exportConversation={() => actions.post({ type: 'export', key: conversation })}
        />
      );
  }
}
