import { useEffect, useMemo, useReducer } from 'preact/hooks';
import type { FieldValue, FormValues } from '../../conversation/inputForm.ts';
import type { Conversation } from '../../conversation/conversation.ts';
import type { Actions } from '../actions.ts';
import { FormDraft } from './formDraft.ts';

/** What stands in the fields of a form, and how that changes. */
export interface Filled {
  readonly values: FormValues;
  readonly change: (variable: string, value: FieldValue) => void;
  /** Tells the host at once what it does not know yet. */
  readonly flush: () => void;
}

interface Source {
  /** Of the conversation. */
  readonly key: string;
  /** What was submitted last: what was typed before that is done with. */
  readonly inputs: Conversation['inputs'];
  /** What stands in fields that nobody touched. */
  readonly before: FormValues;
  /** What the host has of the others. */
  readonly given: FormValues;
}

/** The values of the form of a conversation. */
export function useFormValues({ key, inputs, before, given }: Source, { post }: Actions): Filled {
  const [, show] = useReducer<number, undefined>((count) => count + 1, 0);
  const draft = useMemo(() => new FormDraft((values) => post({ type: 'form', key, values })), [key, post]);
  useMemo(() => draft.clear(), [draft, inputs]);
  useMemo(() => draft.heard(given), [draft, given]);
  useEffect(() => {
    const flush = (): void => draft.flush();
    addEventListener('blur', flush);
    addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flush);
    return () => {
      removeEventListener('blur', flush);
      removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', flush);
      draft.flush();
    };
  }, [draft]);
  return {
    values: { ...before, ...given, ...draft.own },
    change: (variable, value) => {
      draft.change(variable, value);
      show(undefined);
    },
    flush: () => draft.flush(),
  };
}
