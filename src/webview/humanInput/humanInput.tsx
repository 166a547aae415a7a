import type { VNode } from 'preact';
import { deadlineOf, isAnsweredHere, type HumanInputForm } from '../../conversation/humanInput.ts';
import { emptyHumanInput, type HumanInputState } from '../../conversation/protocol.ts';
import type { Run, RunForm } from '../../conversation/run.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { memo } from '../memo.ts';
import { momentWords, useMinute } from './deadline.tsx';
import { FormCard } from './formCard.tsx';
import { MarkdownText } from '../markdown/markdownText.tsx';

/** By `form_id`, what is known of forms that runs wait for. */
export type HumanInput = Readonly<Record<string, HumanInputState>>;

/** Nothing is. */
export const noHumanInput: HumanInput = {};

interface WaitingProperties {
  readonly forms: Run['forms'];
  readonly known: HumanInput;
  /** Of the message. */
  readonly messageKey: string;
  /** Of the conversation. */
  readonly conversation: string;
  readonly actions: Actions;
}

/** What a run waits for: its open forms, as long as there is time. */
export const WaitingForms = memo(function WaitingForms({ forms, ...properties }: WaitingProperties): VNode {
  const open = forms.filter(({ state }) => state.type === 'open').map(({ form }) => form);
  return open.length === 0 ? (
    <Gone messageKey={properties.messageKey} actions={properties.actions} />
  ) : (
    <Open forms={open} {...properties} />
  );
});

type OpenProperties = Omit<WaitingProperties, 'forms'> & { readonly forms: readonly HumanInputForm[] };

function Open({ forms, known, messageKey, conversation, actions }: OpenProperties): VNode {
  const now = useMinute(Math.min(...forms.map(until).filter((at) => at > Date.now())));
  const inTime = forms.filter((form) => until(form) > now);
  return (
    <>
      {forms.map((form) =>
        inTime.includes(form) ? (
          <FormCard
            key={form.form_id}
            form={form}
            state={stateOf(form, known)}
            conversation={conversation}
            now={now}
            look={<LookAgain messageKey={messageKey} actions={actions} />}
            actions={actions}
          />
        ) : (
          <Late key={form.form_id} form={form} messageKey={messageKey} actions={actions} />
        ),
      )}
      {inTime.some(isAnsweredHere) && (
        <p class="end line">
          <Icon name="bell" />
          <span>{t('waitsHere')}</span>
        </p>
      )}
    </>
  );
}

/** A server gives the ids. */
function stateOf({ form_id: id }: HumanInputForm, known: HumanInput): HumanInputState {
  return (Object.hasOwn(known, id) ? known[id] : undefined) ?? emptyHumanInput;
}

/** Milliseconds since 1970. */
function until(form: HumanInputForm): number {
  return deadlineOf(form) ?? Infinity;
}

type LookProperties = Pick<WaitingProperties, 'messageKey' | 'actions'>;

function Late({ form, ...look }: LookProperties & { readonly form: HumanInputForm }): VNode {
  return (
    <div class="end" role="group" aria-label={form.node_title || t('waitingForm')}>
      <Icon name="clockface" classes="muted" />
      <div>
        {t('timeRanOut', { time: momentWords(until(form), Date.now()) })} <LookAgain {...look} />
      </div>
    </div>
  );
}

/** Somebody answered the form elsewhere, and what came of it was not heard. */
function Gone(look: LookProperties): VNode {
  return (
    <p class="end line">
      <Icon name="debug-pause" />
      <span>
        {t('nothingOpen')} <LookAgain {...look} />
      </span>
    </p>
  );
}

function LookAgain({ messageKey: key, actions }: LookProperties): VNode {
  return (
    <button class="btn link small" type="button" onClick={() => actions.post({ type: 'lookAtRun', key })}>
      {t('lookAgain')}
    </button>
  );
}

interface ClosedProperties {
  readonly forms: Run['forms'];
  readonly status: Run['status']['type'];
}

/** What became of forms that a run waited for, a line each. */
export const ClosedForms = memo(function ClosedForms({ forms, status }: ClosedProperties): VNode | null {
  const closed = forms.filter(({ state }) => state.type !== 'open' || status !== 'paused');
  if (closed.length === 0) return null;
  return (
    <div class="process">
      {closed.map((one) => (
        <Closed key={one.form.form_id} one={one} isRunning={status === 'waiting' || status === 'answering'} />
      ))}
    </div>
  );
});

function Closed({ one: { form, state }, isRunning }: { readonly one: RunForm; readonly isRunning: boolean }): VNode {
  const title = form.node_title || t('waitingForm');
  if (state.type === 'filled') return <FilledForm title={title} {...state} />;
  const at = deadlineOf(form);
  if (at !== undefined && (state.type === 'expired' || at <= Date.now())) {
    const time = momentWords(at, Date.now());
    return <Line icon="clockface">{isRunning ? t('timeRanOut', { time }) : t('formRanOut', { title, time })}</Line>;
  }
  return isRunning ? (
    <Line icon="check">{t('formSent', { title })}</Line>
  ) : (
    <Line icon="circle-slash">{t('answeredElsewhere', { title })}</Line>
  );
}

function Line({ icon, children }: { readonly icon: string; readonly children: string }): VNode {
  return (
    <p class="note">
      <Icon name={icon} />
      <span>{children}</span>
    </p>
  );
}

/** The action that was chosen; it opens to the form with what was entered. */
function FilledForm({
  title,
  action,
  content,
}: Extract<RunForm['state'], { type: 'filled' }> & { readonly title: string }): VNode {
  return (
    <details class="fold">
      <summary>
        <Icon name="check" classes="s" />
        <span class="cut">
          {title}: <b>{action}</b>
        </span>
      </summary>
      <div class="fold-body">
        <MarkdownText text={content} />
      </div>
    </details>
  );
}
