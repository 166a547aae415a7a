import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { fieldsOf, kindOf, type FormValues } from '../../conversation/inputForm.ts';
import { shownValue } from '../../conversation/placeholders.ts';
import type { FormState } from '../../conversation/protocol.ts';
import type { InputControl } from '../../conversation/inputForm.ts';
import type { Conversation } from '../../conversation/conversation.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { filesOf } from './fileField.tsx';
import { focusFirstField, InputForm } from './inputForm.tsx';
import type { Filled } from './useFormValues.ts';

interface Properties {
  /** Of the conversation. */
  readonly conversationKey: string;
  readonly controls: readonly InputControl[];
  /** What was submitted; `undefined` if nothing was yet. */
  readonly inputs: Conversation['inputs'];
  /** The same as values of the fields. */
  readonly submitted: FormValues;
  readonly form: FormState;
  readonly filled: Filled;
  /** Whether nothing was asked yet. */
  readonly isEmpty: boolean;
  /** Whether the form is to be seen, to change something. */
  readonly isEditing: boolean;
  readonly actions: Actions;
}

/** What the form was filled in with, as one line; it opens to all of it, and from there to the form. */
export function InputsFold(properties: Properties): VNode {
  const { controls, submitted, isEditing, actions } = properties;
  const [isOpen, setOpen] = useState(false);
  return (
    <div class="turn">
      <details
        class="fold"
        open={isOpen || isEditing}
        onToggle={(event) => {
          setOpen(event.currentTarget.open);
          if (isEditing && !event.currentTarget.open) actions.close();
        }}
      >
        <summary>
          <Icon name="list-selection" classes="s" />
          <span class="cut">
            {t('inputs')}
            <Line controls={controls} values={submitted} />
          </span>
        </summary>
        <div class="fold-body">
          {isEditing ? <Edit {...properties} /> : <Given controls={controls} values={submitted} actions={actions} />}
        </div>
      </details>
    </div>
  );
}

interface GivenProperties {
  readonly controls: readonly InputControl[];
  readonly values: FormValues;
}

/** "**Ada Lovelace**, X200 router, 2 files" */
function Line({ controls, values }: GivenProperties): VNode {
  const [first, ...others] = fieldsOf(controls).flatMap((control) => shortValue(control, values));
  if (first === undefined) return <>{t('noInputs')}</>;
  return (
    <>
      <b>{first}</b>
      {others.length > 0 && t('fieldNotes', { a: '', b: others.reduce((a, b) => t('fieldNotes', { a, b })) })}
    </>
  );
}

/** The value in a few words; a ticked box says its label. */
function shortValue(control: InputControl, values: FormValues): readonly string[] {
  const value = values[control.variable];
  if (value === true) return [control.label];
  if (Array.isArray(value)) return value.length === 0 ? [] : [t('fileCount', { n: value.length })];
  const shown = shownValue(control, value);
  return shown === undefined ? [] : [shown.replace(/\s+/g, ' ').slice(0, 60)];
}

function Given({ controls, values, actions }: GivenProperties & { readonly actions: Actions }): VNode {
  return (
    <>
      <dl class="inputs">
        {fieldsOf(controls).map((control) => (
          <div key={control.variable}>
            <dt>{control.label}</dt>
            <dd>{longValue(control, values)}</dd>
          </div>
        ))}
      </dl>
      <button class="btn small" type="button" aria-label={t('editInputsOf')} onClick={() => actions.toggle('inputs')}>
        {t('editInputs')}
      </button>
    </>
  );
}

function longValue(control: InputControl, values: FormValues): string {
  const value = values[control.variable];
  if (typeof value === 'boolean') return value ? t('checked') : t('unchecked');
  if (typeof value === 'string') return value.trim() || t('notSet');
  return (
    filesOf(value)
      .map(({ name }) => name || t('uploadedFile'))
      .join(', ') || t('notSet')
  );
}

/** The form once more, and what a change of it means. */
function Edit(properties: Properties): VNode {
  const { conversationKey: key, controls, inputs, submitted, form, filled, isEmpty, actions } = properties;
  const { rereads, outdated, waiting } = form;
  // The change was taken, or the conversation is another one.
  useEffect(() => () => actions.close(), [inputs]);
  const isAsked = outdated || waiting !== undefined;
  // Who wants to change something begins at the first field; who is asked is not interrupted.
  useEffect(() => {
    if (!isAsked) focusFirstField();
  }, []);
  const submit = (where: 'here' | 'newConversation') => (values: FormValues) => {
    if (outdated || inputs === undefined) actions.post({ type: 'start', values, query: waiting?.query ?? '', key });
    else actions.post({ type: 'changeInputs', values, where, key });
  };
  const isHere = rereads || isEmpty;
  const cancel = (): void => {
    for (const [variable, value] of Object.entries(submitted)) filled.change(variable, value);
    filled.flush();
    actions.close();
  };
  return (
    <InputForm
      controls={controls}
      form={form}
      filled={filled}
      actions={actions}
      lead={<Meaning {...properties} />}
      submitLabel={isHere ? t('applyInputs') : t('applyInNew')}
      submit={submit(isHere ? 'here' : 'newConversation')}
      others={
        <>
          {isHere && !isEmpty && !outdated && (
            <button
              class="btn"
              type="button"
              onClick={() =>
                actions.post({ type: 'changeInputs', values: filled.values, where: 'newConversation', key })
              }
            >
              {t('applyInNew')}
            </button>
          )}
          {!isAsked && (
            <button class="btn" type="button" onClick={cancel}>
              {t('cancel')}
            </button>
          )}
        </>
      }
    />
  );
}

/** What a change will do. */
function Meaning({ controls, inputs, form, isEmpty }: Properties): VNode | null {
  if (isEmpty) return null;
  const later = inputs === undefined ? undefined : controls.find((control) => cameLater(control, inputs));
  return (
    <div class="muted whole">
      {form.outdated && <p>{t('formOutdated')}</p>}
      {form.waiting !== undefined && <p>{t('questionWaits', { query: form.waiting.query.slice(0, 80) })}</p>}
      <p>{form.rereads ? t('inputsReread') : t('inputsReadOnce')}</p>
      {later !== undefined && !form.outdated && <p>{t('inputCameLater', { field: later.label })}</p>}
    </div>
  );
}

/** Texts and ticks are always submitted: one that was not is newer than the form that the conversation began with. */
function cameLater(control: InputControl, inputs: NonNullable<Conversation['inputs']>): boolean {
  const isAlways = ['line', 'paragraph', 'checkbox'].includes(kindOf(control));
  return isAlways && !control.hidden && !Object.hasOwn(inputs, control.variable);
}
