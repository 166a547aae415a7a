import type { RefObject, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Actions } from '../actions.ts';
import { focusLastChip } from './chips.tsx';
import { isComposing, isJustComposed, sends, type SendKey } from './keys.ts';
import { listId, rowId, type Choosing, type Suggestion } from './suggestions.tsx';

interface Properties {
  readonly label: string;
  readonly placeholder: string;
  readonly text: string;
  /** As in `Page`. */
  readonly textChanges: number;
  readonly sendKey: SendKey;
  readonly choosing: Choosing | undefined;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** The person typed, or moved the cursor. `undefined`: the text came from elsewhere. */
  readonly typed: (typed: { readonly text: string; readonly caret: number } | undefined) => void;
  readonly take: (row: Suggestion) => void;
  readonly paste: (event: ClipboardEvent) => void;
  readonly actions: Actions;
}

/** The text itself. It grows with what is typed, up to two fifths of the page. */
export function Text(properties: Properties): VNode {
  const { label, placeholder, text, textChanges, choosing, field, typed, paste, actions } = properties;
  const known = useRef(text);
  // Set only when it differs: setting would move the cursor and end a composition.
  useLayoutEffect(() => {
    if (field.current !== null && field.current.value !== text) {
      field.current.value = text;
      if (known.current !== '') typed(undefined);
    }
    known.current = text;
  }, [text, textChanges]);
  const looked = ({ currentTarget }: { readonly currentTarget: HTMLTextAreaElement }): void => {
    typed({ text: currentTarget.value, caret: caretOf(currentTarget) });
  };
  const isOpen = choosing !== undefined && choosing.rows.length > 0;
  return (
    <textarea
      ref={field}
      rows={1}
      data-first-focus
      aria-label={label}
      placeholder={placeholder}
      {...(isOpen
        ? {
            'aria-haspopup': 'listbox',
            'aria-controls': listId,
            'aria-activedescendant': rowId(choosing.active),
            'aria-autocomplete': 'list',
          }
        : {})}
      onInput={(event) => {
        actions.type(event.currentTarget.value);
        looked(event);
      }}
      onKeyUp={looked}
      onClick={looked}
      onPaste={paste}
      onKeyDown={(event) => keyPressed(event, event.currentTarget, properties)}
    />
  );
}

/** Where the focus goes after an act. */
export function focusText(): void {
  document.querySelector<HTMLElement>('.composer textarea')?.focus();
}

function keyPressed(event: KeyboardEvent, field: HTMLTextAreaElement, properties: Properties): void {
  if (isComposing(event)) {
    // What only ended the composition breaks no line either.
    if (event.key === 'Enter' && !event.isComposing && isJustComposed(event)) event.preventDefault();
    return;
  }
  if (does(event, field, properties)) event.preventDefault();
}

/** Whether the key is for something else than the text. */
function does(event: KeyboardEvent, field: HTMLTextAreaElement, properties: Properties): boolean {
  const { choosing, sendKey, take, actions } = properties;
  if (choosing !== undefined && chooses(event, choosing, take)) return true;
  if (sends(event, sendKey)) {
    actions.submit();
    return true;
  }
  return isPlain(event) && (recalls(event.key, field, actions) || leavesForChips(event.key, field));
}

/** Whether the key is for the list. */
function chooses(event: KeyboardEvent, choosing: Choosing, take: (row: Suggestion) => void): boolean {
  if (!isPlain(event)) return false;
  if (event.key === 'Escape') {
    choosing.close();
    return choosing.rows.length > 0;
  }
  const row = choosing.rows[choosing.active];
  if (row === undefined) return false;
  switch (event.key) {
    case 'ArrowDown':
    case 'ArrowUp':
      choosing.move(event.key === 'ArrowDown' ? 1 : -1);
      return true;
    case 'Enter':
    case 'Tab':
      // What is shown was asked for by fewer letters: taking it could take another thing than the person means.
      if (!choosing.isStale) take(row);
      return true;
    default:
      return false;
  }
}

/** ↑ on the first line, ↓ on the last. */
function recalls(key: string, field: HTMLTextAreaElement, actions: Actions): boolean {
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return false;
  const { value, selectionStart, selectionEnd } = field;
  if (selectionStart !== selectionEnd) return false;
  const beyond = key === 'ArrowUp' ? value.slice(0, selectionStart) : value.slice(selectionEnd);
  if (beyond.includes('\n')) return false;
  const recalled = actions.recall(key === 'ArrowUp' ? 'earlier' : 'later', value);
  if (recalled === undefined) return false;
  field.value = recalled;
  // So that the same key goes on.
  const caret = key === 'ArrowUp' ? 0 : recalled.length;
  field.setSelectionRange(caret, caret);
  actions.type(recalled);
  return true;
}

function leavesForChips(key: string, { value }: HTMLTextAreaElement): boolean {
  return key === 'Backspace' && value === '' && focusLastChip();
}

function isPlain({ shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return !shiftKey && !ctrlKey && !metaKey && !altKey;
}

/** Where text is selected nothing is being chosen. */
function caretOf({ selectionStart, selectionEnd }: HTMLTextAreaElement): number {
  return selectionStart === selectionEnd ? selectionStart : 0;
}
