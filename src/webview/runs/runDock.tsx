import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { fieldsOf } from '../../conversation/inputForm.ts';
import type { AppFace } from '../../conversation/appFace.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { memo } from '../memo.ts';

interface Properties {
  readonly app: AppFace;
  /** Of the conversation. */
  readonly conversationKey: string;
  /** Whether a run is under way, and whether Dify can be told to stop it. */
  readonly running: 'stoppable' | 'unstoppable' | undefined;
  /** Whether the form is asked for. */
  readonly isAsked: boolean;
  readonly actions: Actions;
}

/** What stands in the place of the composer where nothing is typed: it stops the run, or begins another one. */
export const RunDock = memo(function RunDock(properties: Properties): VNode {
  const { running, isAsked, actions } = properties;
  const isBusy = running !== undefined;
  useEffect(() => {
    // What is run was asked for in the form.
    if (isBusy && isAsked) actions.close();
  }, [isBusy]);
  return (
    <footer class="dock">
      <div class="form-actions" role="group" aria-label={t('run')}>
        {running === undefined ? (
          <NewRun {...properties} />
        ) : (
          <button
            key="stop"
            class="btn"
            type="button"
            data-first-focus
            title={running === 'stoppable' ? t('stop') : t('stopReading')}
            onClick={actions.stop}
          >
            <Icon name="debug-stop" />
            {t('stopRun')}
          </button>
        )}
      </div>
    </footer>
  );
});

/** To the form; an app that asks for nothing is run at once. */
function NewRun({ app, conversationKey: key, actions }: Properties): VNode {
  const asks = fieldsOf(app.form).length > 0;
  return (
    <button
      key="new"
      class="btn primary"
      type="button"
      data-first-focus
      onClick={() => (asks ? actions.toggle('inputs') : actions.post({ type: 'run', key, values: {} }))}
    >
      <Icon name="play" />
      {asks ? t('newRun') : t('runAgain')}
    </button>
  );
}
