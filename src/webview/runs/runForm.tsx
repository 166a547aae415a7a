import type { VNode } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { Conversation } from '../../conversation/conversation.ts';
import { fieldsOf, firstValues } from '../../conversation/inputForm.ts';
import type { AppFace } from '../../conversation/appFace.ts';
import type { FormState } from '../../conversation/protocol.ts';
import { runValues } from '../../conversation/runApps.ts';
import type { Actions } from '../actions.ts';
import { InputForm } from '../form/inputForm.tsx';
import { useFormValues } from '../form/useFormValues.ts';
import { t } from '../locale.ts';
import { memo } from '../memo.ts';

interface Properties {
  readonly app: AppFace;
  /** Of the conversation. */
  readonly conversationKey: string;
  /** What the app was run with last. */
  readonly inputs: Conversation['inputs'];
  /** The runs: they know what uploads are called. */
  readonly messages: Conversation['messages'];
  readonly form: FormState;
  readonly actions: Actions;
}

/** What an app is run with, and the button that runs it. */
export const RunForm = memo(function RunForm(properties: Properties): VNode {
  const { app, conversationKey: key, inputs, messages, form, actions } = properties;
  const before = useMemo(() => {
    const files = messages.flatMap((message) => message.files);
    return inputs === undefined ? firstValues(app.form) : runValues(app.form, { inputs, files });
  }, [app.form, inputs, messages]);
  const filled = useFormValues({ key, inputs, before, given: form.values }, actions);
  // Pressed twice before the host says that it runs.
  const ran = useRef(-Infinity);
  return (
    <div class={messages.length > 0 ? 'turn form-card' : 'turn'} data-first-focus>
      <InputForm
        controls={app.form}
        form={form}
        filled={filled}
        actions={actions}
        label={t('runForm', { app: app.name })}
        lead={fieldsOf(app.form).length === 0 && <p class="muted whole">{t('noMoreForm')}</p>}
        others={
          messages.length > 0 && (
            <button class="btn" type="button" onClick={actions.close}>
              {t('cancel')}
            </button>
          )
        }
        submitLabel={t('run')}
        submit={(values) => {
          const now = performance.now();
          if (now - ran.current < twice) return;
          ran.current = now;
          actions.post({ type: 'run', key, values });
        }}
      />
    </div>
  );
});

/** Two presses within this time, in milliseconds, are one. */
const twice = 1000;
