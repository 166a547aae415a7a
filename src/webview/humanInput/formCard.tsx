import type { RefObject, VNode } from 'preact';
import { useId, useMemo, useRef, useState } from 'preact/hooks';
import {
  answerProblems,
  deadlineOf,
  isAnsweredHere,
  piecesOf,
  type FormPiece,
  type HumanAction,
  type HumanInputForm,
} from '../../conversation/humanInput.ts';
import { firstValues, kindOf, type FormValues, type InputControl } from '../../conversation/inputForm.ts';
import type { HumanInputState } from '../../conversation/protocol.ts';
import type { Actions } from '../actions.ts';
import { Field } from '../form/field.tsx';
import { FileField } from '../form/fileField.tsx';
import { problemWords } from '../form/problemWords.ts';
import { useFormValues, type Filled } from '../form/useFormValues.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { Deadline } from './deadline.tsx';
import { actionsOfForm } from './formActions.ts';
import { MarkdownText } from '../markdown/markdownText.tsx';

interface Properties {
  readonly form: HumanInputForm;
  readonly state: HumanInputState;
  /** Of the conversation. */
  readonly conversation: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The button that looks whether the form was answered elsewhere. */
  readonly look: VNode;
  readonly actions: Actions;
}

/** A form that a run waits for. */
export function FormCard(properties: Properties): VNode {
  const { form, now, look } = properties;
  const { node_title: title } = form;
  const until = deadlineOf(form);
  const id = useId();
  const root = useRef<HTMLFormElement>(null);
  return (
    <form
      ref={root}
      class="form-card form"
      aria-labelledby={id}
      noValidate
      // Enter answers nothing: what a button says cannot be taken back.
      onSubmit={(event) => event.preventDefault()}
    >
      <div>
        <h3 id={id}>
          <strong>{title || t('waitingForm')}</strong>
        </h3>
        {until !== undefined && <Deadline until={until} now={now} />}
      </div>
      {isAnsweredHere(form) ? <Answerable {...properties} root={root} /> : <ByMail form={form} look={look} />}
    </form>
  );
}

/** What it asks can be read here, and answered elsewhere. */
function ByMail({ form, look }: Pick<Properties, 'form' | 'look'>): VNode {
  const text = piecesOf(form).map((piece) => (piece.type === 'text' ? piece.text : ''));
  return (
    <>
      <MarkdownText text={text.join('')} />
      <p class="note">
        <Icon name="mail" />
        <span>
          {t('answeredByMail')} {look}
        </span>
      </p>
    </>
  );
}

type AnswerableProperties = Properties & { readonly root: RefObject<HTMLFormElement | null> };

function Answerable(properties: AnswerableProperties): VNode {
  const { form, state, conversation, actions, root } = properties;
  const { read = form, submitting } = state;
  const [isJudged, setJudged] = useState(false);
  const own = useMemo(() => actionsOfForm(actions, form.form_id), [actions, form.form_id]);
  const pieces = useMemo(() => piecesOf(read), [read]);
  const controls = useMemo(() => pieces.flatMap((piece) => (piece.type === 'field' ? [piece.control] : [])), [pieces]);
  const before = useMemo(() => firstValues(controls), [controls]);
  const filled = useFormValues({ key: conversation, inputs: undefined, before, given: state.values }, own);
  const problems = problemsOf(controls, { state, filled, isJudged });
  const submit = (action: string): void => {
    filled.flush();
    setJudged(true);
    const wrong = Object.keys(problemsOf(controls, { state, filled, isJudged: true }));
    if (wrong.length > 0) return toFirst(root, controls, wrong, own);
    // The buttons go: focus stays in the turn.
    root.current?.closest<HTMLElement>('article')?.focus();
    actions.post({ type: 'submitHumanInput', key: conversation, form: form.form_id, action, values: filled.values });
  };
  return (
    <fieldset disabled={submitting !== undefined}>
      <Pieces {...{ pieces, controls, state, filled, problems, own }} form={form.form_id} />
      <Buttons offered={form.actions} submit={submit} submitting={submitting} problem={state.problem} />
    </fieldset>
  );
}

interface PiecesProperties {
  readonly pieces: readonly FormPiece[];
  readonly controls: readonly InputControl[];
  readonly form: string;
  readonly state: HumanInputState;
  readonly filled: Filled;
  readonly problems: Readonly<Record<string, string>>;
  readonly own: Actions;
}

function Pieces({ pieces, controls, form, state, filled, problems, own }: PiecesProperties): VNode {
  return (
    <>
      {pieces.map((piece, index) => {
        if (piece.type === 'text') return <MarkdownText key={index} text={piece.text} />;
        const { control } = piece;
        const { variable } = control;
        const one = {
          control,
          id: fieldId(form, controls.indexOf(control)),
          value: filled.values[variable] ?? '',
          problem: problems[variable] ?? '',
          change: (value: FormValues[string]) => filled.change(variable, value),
          leave: filled.flush,
        };
        const isFile = kindOf(control) === 'file' || kindOf(control) === 'files';
        return isFile ? (
          <FileField key={variable} {...one} form={state} actions={own} />
        ) : (
          <Field key={variable} {...one} />
        );
      })}
    </>
  );
}

function fieldId(form: string, index: number): string {
  return `human-${form}-${index}`;
}

interface ButtonsProperties {
  readonly offered: readonly HumanAction[];
  readonly submit: (action: string) => void;
  readonly submitting: string | undefined;
  readonly problem: string;
}

/** The app's own actions. */
function Buttons({ offered, submit, submitting, problem }: ButtonsProperties): VNode {
  const primary = offered.find(({ button_style }) => button_style === 'primary');
  const sent = offered.find(({ id }) => id === submitting);
  return (
    <>
      <div class="form-actions">
        {sent === undefined ? (
          offered.map((action) => (
            <button key={action.id} class={classOf(action, primary)} type="button" onClick={() => submit(action.id)}>
              {action.title}
            </button>
          ))
        ) : (
          <span class="note">
            <Icon name="loading" classes="spin" />
            <span>{t('submittingForm', { action: sent.title })}</span>
          </span>
        )}
      </div>
      {problem !== '' && (
        <p class="note" role="alert">
          <Icon name="error" classes="error" />
          <span>{problem}</span>
        </p>
      )}
    </>
  );
}

/** At most one is the first choice; what turns down is no more than text, and never red. */
function classOf(action: HumanAction, primary: HumanAction | undefined): string {
  if (action === primary) return 'btn primary';
  return action.button_style === 'ghost' ? 'btn link' : 'btn';
}

interface Judged {
  readonly state: HumanInputState;
  readonly filled: Filled;
  readonly isJudged: boolean;
}

/** What is to be mended, by variable: nothing before a button was pressed, but for what the editor's side refused. */
function problemsOf(
  controls: readonly InputControl[],
  { state, filled, isJudged }: Judged,
): Readonly<Record<string, string>> {
  const refused = Object.fromEntries(Object.entries(state.problems).filter(([, sentence]) => sentence !== ''));
  if (!isJudged) return refused;
  const uploading = state.uploads.map(({ variable }) => [variable, t('stillUploading')]);
  return { ...answerProblems(controls, filled.values, problemWords(t)), ...Object.fromEntries(uploading) };
}

function toFirst(
  root: RefObject<HTMLFormElement | null>,
  controls: readonly InputControl[],
  wrong: readonly string[],
  { announce }: Actions,
): void {
  announce(t('needAttention', { n: wrong.length }));
  const index = controls.findIndex(({ variable }) => wrong.includes(variable));
  const form = root.current?.querySelectorAll<HTMLElement>('[id^="human-"]') ?? [];
  const field = [...form].find(({ id }) => id.endsWith(`-${index}`));
  field?.focus();
  field?.closest('.form-field')?.scrollIntoView({ block: 'nearest' });
}
