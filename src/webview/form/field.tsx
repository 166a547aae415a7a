import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { kindOf, type FieldKind, type FieldValue } from '../../conversation/inputForm.ts';
import { countedOf, typingProblem } from '../../conversation/inputProblem.ts';
import type { InputControl } from '../../conversation/inputForm.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { problemWords } from './problemWords.ts';

/** What every field of a form is given. */
export interface FieldProperties {
  readonly control: InputControl;
  /** Unique in the page. */
  readonly id: string;
  readonly value: FieldValue;
  /** What is wrong, in words, or ''. */
  readonly problem: string;
  readonly change: (value: FieldValue) => void;
  /** The person left the field. */
  readonly leave: (event: FocusEvent) => void;
}

/** The attributes that tie a control to its hint and its problem. */
export function described({ id, problem, control: { hint } }: FieldProperties): {
  readonly 'aria-invalid': boolean | undefined;
  readonly 'aria-describedby': string | undefined;
} {
  const ids = [...(hint === undefined ? [] : [`${id}-hint`]), ...(problem === '' ? [] : [`${id}-problem`])];
  return {
    'aria-invalid': problem === '' ? undefined : true,
    'aria-describedby': ids.length === 0 ? undefined : ids.join(' '),
  };
}

/** A field that is typed, chosen or ticked; files have another. */
export function Field(properties: FieldProperties): VNode {
  const { control, id } = properties;
  const kind = kindOf(control);
  return (
    <div class={`form-field${isWide(kind) ? ' whole' : ''}`}>
      {kind !== 'checkbox' && (
        <label for={id}>
          {control.label} <FieldNote words={notesOf(control)} />
          <Count {...properties} />
        </label>
      )}
      <Control {...properties} />
      <BelowField {...properties} />
    </div>
  );
}

function isWide(kind: FieldKind): boolean {
  return kind === 'paragraph' || kind === 'files';
}

/** "(optional, JSON)": required fields are not marked. */
function notesOf(control: InputControl): readonly string[] {
  return [...(control.required ? [] : [t('optionalField')]), ...(kindOf(control) === 'json' ? ['JSON'] : [])];
}

export function FieldNote({ words }: { readonly words: readonly string[] }): VNode | null {
  const said = words.filter((word) => word !== '');
  if (said.length === 0) return null;
  return <span class="opt">{t('fieldNote', { words: said.reduce((a, b) => t('fieldNotes', { a, b })) })}</span>;
}

/** The hint of the app's owner, and what is wrong. */
export function BelowField({ control, id, problem }: FieldProperties): VNode {
  return (
    <>
      {control.hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {control.hint}
        </p>
      )}
      {problem !== '' && (
        <p class="problem" id={`${id}-problem`}>
          <Icon name="error" />
          <span>{problem}</span>
        </p>
      )}
    </>
  );
}

function Count({ control, value }: FieldProperties): VNode | null {
  const counted = countedOf(control, value);
  if (counted === '') return null;
  const isOver = typingProblem(control, value, problemWords(t)) !== '';
  return <span class={`count${isOver ? ' error' : ''}`}>{counted}</span>;
}

function Control(properties: FieldProperties): VNode {
  const { control, value } = properties;
  switch (kindOf(control)) {
    case 'select':
      return <Choice {...properties} />;
    case 'checkbox':
      return <Check {...properties} />;
    case 'paragraph':
    case 'json':
      return <Lines {...properties} text={textOf(value)} />;
    default:
      return <Line {...properties} text={textOf(value)} />;
  }
}

function textOf(value: FieldValue): string {
  return typeof value === 'string' ? value : '';
}

type TextProperties = FieldProperties & { readonly text: string };

function Line({ text, ...properties }: TextProperties): VNode {
  const { control, id, change, leave } = properties;
  const field = useText<HTMLInputElement>(text);
  return (
    <input
      ref={field}
      class="field"
      id={id}
      type="text"
      autocomplete="off"
      {...(kindOf(control) === 'number' ? { inputMode: 'decimal' } : {})}
      {...described(properties)}
      onInput={(event) => change(event.currentTarget.value)}
      onBlur={leave}
    />
  );
}

function Lines({ text, ...properties }: TextProperties): VNode {
  const { control, id, change, leave } = properties;
  const field = useText<HTMLTextAreaElement>(text);
  const isJson = kindOf(control) === 'json';
  return (
    <textarea
      ref={field}
      class={isJson ? 'area mono' : 'area'}
      id={id}
      rows={3}
      spellcheck={!isJson}
      {...described(properties)}
      onInput={(event) => change(event.currentTarget.value)}
      onBlur={leave}
    />
  );
}

/** Set only when it differs: setting would move the cursor and end a composition. */
function useText<Element extends HTMLInputElement | HTMLTextAreaElement>(text: string) {
  const field = useRef<Element>(null);
  useLayoutEffect(() => {
    if (field.current !== null && field.current.value !== text) field.current.value = text;
  }, [text]);
  return field;
}

function Choice(properties: FieldProperties): VNode {
  const { control, id, value, change, leave } = properties;
  const { options, required } = control;
  const isOffered = typeof value === 'string' && options.includes(value);
  return (
    <select
      class="select"
      id={id}
      value={isOffered ? value : ''}
      {...described(properties)}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={leave}
    >
      {(!required || !isOffered) && <option value="">{required ? t('chooseOption') : t('notSet')}</option>}
      {options.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </select>
  );
}

function Check(properties: FieldProperties): VNode {
  const { control, id, value, change, leave } = properties;
  return (
    <div class="form-check">
      <input
        class="check"
        type="checkbox"
        id={id}
        checked={value === true}
        {...described(properties)}
        onChange={(event) => change(event.currentTarget.checked)}
        onBlur={leave}
      />
      <label for={id}>{control.label}</label>
    </div>
  );
}
