import type { ComponentChildren, RefObject, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { fieldsOf, kindOf, type FormValues } from '../../conversation/inputForm.ts';
import { fieldProblem } from '../../conversation/inputProblem.ts';
import type { FormState } from '../../conversation/protocol.ts';
import type { InputControl } from '../../conversation/inputForm.ts';
import type { Actions } from '../actions.ts';
import { isComposing } from '../composer/keys.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { Field } from './field.tsx';
import { FileField } from './fileField.tsx';
import { problemWords } from './problemWords.ts';
import type { Filled } from './useFormValues.ts';

interface Properties {
  readonly controls: readonly InputControl[];
  readonly form: FormState;
  readonly filled: Filled;
  readonly actions: Actions;
  /** What the form is for; without it, what comes before the first question. */
  readonly label?: string;
  /** What stands above the fields. */
  readonly lead: ComponentChildren;
  /** The buttons beside the one that submits. */
  readonly others: ComponentChildren;
  readonly submitLabel: string;
  /** Nothing is to be mended. */
  readonly submit: (values: FormValues) => void;
}

/** An input method may deliver the Enter that ended a composition just after it, as a key like any other. */
const grace = 50;

/** The app's form: judged when a field is left and from then on while it is typed, and as a whole when it is submitted. */
export function InputForm(properties: Properties): VNode {
  const { form, filled, actions, label = t('beforeYouStart'), lead, others, submitLabel, submit } = properties;
  const root = useRef<HTMLFormElement>(null);
  const { problems, leave, look } = useProblems(properties);
  const wrong = Object.keys(problems).length;
  useComposition(root);
  useAttempts(form.waiting?.at, () => toFirstProblem(root, look()));
  return (
    <form
      ref={root}
      class="form pairs"
      aria-label={label}
      noValidate
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isComposing(event)) return;
        event.preventDefault();
        event.currentTarget.requestSubmit();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        filled.flush();
        const found = look();
        if (found.length === 0) submit(filled.values);
        else actions.announce(t('needAttention', { n: found.length }));
        toFirstProblem(root, found);
      }}
    >
      {lead}
      <Inputs {...properties} {...{ problems, leave }} />
      <div class="form-actions whole">
        <button class="btn primary" type="submit">
          {submitLabel}
        </button>
        {others}
        {wrong > 0 && (
          <span class="note">
            <Icon name="info" />
            <span>{t('needAttention', { n: wrong })}</span>
          </span>
        )}
      </div>
    </form>
  );
}

function Inputs(properties: Properties & Pick<Problems, 'problems' | 'leave'>): VNode {
  const { controls, form, filled, actions, problems, leave } = properties;
  return (
    <>
      {fieldsOf(controls).map((control, index) => {
        const { variable } = control;
        const one = {
          control,
          id: fieldId(index),
          value: filled.values[variable] ?? '',
          problem: problems[variable] ?? '',
          change: (value: FormValues[string]) => filled.change(variable, value),
          leave: (event: FocusEvent) => leave(variable, event),
        };
        const isFile = kindOf(control) === 'file' || kindOf(control) === 'files';
        return isFile ? (
          <FileField key={variable} {...one} form={form} actions={actions} />
        ) : (
          <Field key={variable} {...one} />
        );
      })}
    </>
  );
}

function fieldId(index: number): string {
  return `input-${index}`;
}

export function focusFirstField(): void {
  document.getElementById(fieldId(0))?.focus();
}

interface Problems {
  /** Sentences by variable, of the fields that are judged. */
  readonly problems: Readonly<Record<string, string>>;
  readonly leave: (variable: string, event: FocusEvent) => void;
  /** Judges all fields. @returns the places of those that are to be mended */
  readonly look: () => readonly number[];
}

function useProblems({ controls, form, filled, actions }: Properties): Problems {
  const [judged, setJudged] = useState<ReadonlySet<string> | 'all'>(new Set());
  useUploadNews(form, filled.values, actions);
  const fields = fieldsOf(controls);
  const words = problemWords(t);
  const sentence = (control: InputControl, isJudged: boolean): string => {
    const { variable } = control;
    const isUploading = form.uploads.some((upload) => upload.variable === variable);
    if (isUploading) return judged === 'all' ? t('stillUploading') : '';
    const found = isJudged ? fieldProblem(control, filled.values[variable] ?? '', words) : '';
    return found === '' ? (form.problems[variable] ?? '') : found;
  };
  const all = fields.map((control) => ({
    variable: control.variable,
    said: sentence(control, judged === 'all' || judged.has(control.variable)),
  }));
  return {
    problems: Object.fromEntries(all.filter(({ said }) => said !== '').map(({ variable, said }) => [variable, said])),
    leave: (variable, { relatedTarget }) => {
      filled.flush();
      // A sentence that appears under a pressed button would move it away from the pointer.
      const isLeft = !(relatedTarget instanceof HTMLElement && relatedTarget.closest('.form-actions') !== null);
      if (judged !== 'all' && isLeft) setJudged(new Set([...judged, variable]));
    },
    look: () => {
      setJudged('all');
      return fields.flatMap((control, index) => {
        const isUploading = form.uploads.some((upload) => upload.variable === control.variable);
        const isWrong = fieldProblem(control, filled.values[control.variable] ?? '', words) !== '';
        return isUploading || isWrong ? [index] : [];
      });
    },
  };
}

/** Says that a file has arrived. */
function useUploadNews({ uploads }: FormState, values: FormValues, { announce }: Actions): void {
  const before = useRef(uploads);
  useEffect(() => {
    const gone = before.current.filter(({ name }) => uploads.every((upload) => upload.name !== name));
    before.current = uploads;
    const arrived = gone.find(({ variable, name }) => {
      const value = values[variable];
      return Array.isArray(value) && value.some((file) => file.name === name);
    });
    if (arrived !== undefined) announce(t('fileUploaded', { file: arrived.name }));
  }, [uploads]);
}

/** A question was sent before the form was filled in, again or for the first time. */
function useAttempts(at: number | undefined, attempted: () => void): void {
  const seen = useRef<number>(undefined);
  useEffect(() => {
    if (at !== undefined && at !== seen.current) attempted();
    seen.current = at;
  }, [at]);
}

/** The Enter that ends a composition submits nothing. */
function useComposition(root: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const form = root.current;
    let composedAt = -Infinity;
    const ended = (event: Event): void => {
      composedAt = event.timeStamp;
    };
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || event.target instanceof HTMLTextAreaElement) return;
      if (isComposing(event) || event.timeStamp - composedAt < grace) event.preventDefault();
    };
    form?.addEventListener('compositionend', ended);
    form?.addEventListener('keydown', pressed);
    return () => {
      form?.removeEventListener('compositionend', ended);
      form?.removeEventListener('keydown', pressed);
    };
  }, [root]);
}

function toFirstProblem(root: RefObject<HTMLFormElement | null>, [index]: readonly number[]): void {
  if (index === undefined) return;
  const field = root.current?.querySelector<HTMLElement>(`[id="${fieldId(index)}"]`);
  field?.focus();
  field?.closest('.form-field')?.scrollIntoView({ block: 'nearest' });
}
