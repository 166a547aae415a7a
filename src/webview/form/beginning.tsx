import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { fieldsOf, firstValues, valuesOf, type FormValues } from '../../conversation/inputForm.ts';
import type { AppFace } from '../../conversation/appFace.ts';
import type { FormState } from '../../conversation/protocol.ts';
import type { Conversation } from '../../conversation/conversation.ts';
import type { Actions } from '../actions.ts';
import { t } from '../locale.ts';
import { memo } from '../memo.ts';
import { Disclaimer, Hero, Opening, Starters } from '../transcript/emptyConversation.tsx';
import { InputForm } from './inputForm.tsx';
import { InputsFold } from './inputsFold.tsx';
import { useFormValues, type Filled } from './useFormValues.ts';

interface Properties {
  readonly app: AppFace;
  /** Of the conversation. */
  readonly conversationKey: string;
  /** What the form was filled in with. */
  readonly inputs: Conversation['inputs'];
  /** Whether nothing was asked yet. */
  readonly isEmpty: boolean;
  readonly form: FormState;
  /** Whether the inputs are being changed. */
  readonly isEditing: boolean;
  readonly actions: Actions;
}

/** Whether the person has to look at the form before they can ask. */
export function asksFirst(app: AppFace | undefined, inputs: Conversation['inputs'], isEmpty: boolean): boolean {
  return isEmpty && inputs === undefined && fieldsOf(app?.form ?? []).some(({ required }) => required);
}

/** All that stands above the first question: the app's face, its form, what it says first, and its ways to begin. */
export const Beginning = memo(function Beginning(properties: Properties): VNode {
  return <Face key={properties.conversationKey} {...properties} />;
});

function Face(properties: Properties): VNode {
  const { app, conversationKey, inputs, isEmpty, form, actions } = properties;
  const submitted = useMemo(
    () => (inputs === undefined ? firstValues(app.form) : valuesOf(app.form, inputs)),
    [app.form, inputs],
  );
  const filled = useFormValues({ key: conversationKey, inputs, before: submitted, given: form.values }, actions);
  // What was said first does not change by what is typed for later questions.
  const values = inputs === undefined ? filled.values : submitted;
  return (
    <>
      <Inputs {...properties} filled={filled} submitted={values} />
      {app.openingStatement !== '' && <Opening app={app} values={values} />}
      {isEmpty && (
        <>
          <Starters app={app} values={values} actions={actions} />
          <Disclaimer app={app} />
        </>
      )}
    </>
  );
}

type Inner = Properties & { readonly filled: Filled; readonly submitted: FormValues };

/** The form where it comes first, else the app's face and what the form was filled in with. */
function Inputs(properties: Inner): VNode {
  const { app, inputs, isEmpty, form } = properties;
  if (asksFirst(app, inputs, isEmpty)) return <Start {...properties} />;
  const isAsked = form.outdated || (form.waiting !== undefined && inputs === undefined);
  const isKnown = inputs !== undefined || isEmpty || isAsked;
  return (
    <>
      {isEmpty && <Hero app={app} />}
      {isKnown && fieldsOf(app.form).length > 0 && (
        <InputsFold {...properties} controls={app.form} isEditing={properties.isEditing || isAsked} />
      )}
    </>
  );
}

function Start({ app, conversationKey: key, form, filled, actions }: Inner): VNode {
  const { waiting } = form;
  return (
    <div class="turn">
      <h2 class="sr-only">{t('beforeYouStart')}</h2>
      <InputForm
        controls={app.form}
        form={form}
        filled={filled}
        actions={actions}
        lead={
          <div class="muted whole">
            <p>{t('asksOnce', { app: app.name })}</p>
            {waiting !== undefined && <p>{t('questionWaits', { query: waiting.query.slice(0, 80) })}</p>}
          </div>
        }
        others={null}
        submitLabel={t('startConversation')}
        submit={(values) => actions.post({ type: 'start', values, query: waiting?.query ?? '', key })}
      />
    </div>
  );
}
