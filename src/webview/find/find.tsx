import type { RefObject, VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Message } from '../../conversation/conversation.ts';
import type { InputControl } from '../../conversation/inputForm.ts';
import { isEnded } from '../../conversation/run.ts';
import type { Actions } from '../actions.ts';
import { isComposing } from '../composer/keys.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { inputsText } from '../runs/inputsText.ts';
import { leaveEnd, settlingFrames } from '../transcript/follow.ts';
import { clearHighlights, highlight } from './highlights.ts';
import { search, type Match } from './search.ts';

interface Properties {
  readonly messages: readonly Message[];
  /** Of an app that is run by it. */
  readonly form: readonly InputControl[] | undefined;
  /** Draws the messages from this one on, at least. */
  readonly draw: (key: string) => void;
  /** The key that was drawn last for that. */
  readonly drawn: string | undefined;
  readonly actions: Actions;
}

/** The row in which text is looked for, under the app bar. What is found is coloured in the messages, and gone to one by one. */
export function Find({ messages, form, draw, drawn, actions }: Properties): VNode {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(-1);
  const field = useRef<HTMLInputElement>(null);
  // An answer that grows is searched when it has ended, not with each word.
  const ended = messages.filter(({ run }) => isEnded(run)).length;
  const inputsOf = useMemo(() => form && ((run: Message) => inputsText(form, run)), [form]);
  const matches = useMemo(() => search(messages, query, inputsOf), [inputsOf, query, messages.length, ended]);
  const current = matches[at];
  useFocus(field);
  useEffect(() => {
    if (current !== undefined) draw(current.key);
  }, [current, draw]);
  useEffect(() => show(query, current), [query, current, drawn, messages.length, ended]);
  useEffect(() => clearHighlights, []);
  const go = (step: 1 | -1): void => setAt(matches.length === 0 ? -1 : (at + step + matches.length) % matches.length);
  return (
    <div class="find" role="search">
      <input
        ref={field}
        class="field"
        aria-label={t('findInConversation')}
        placeholder={t('findInConversation')}
        value={query}
        onInput={(event) => {
          const text = event.currentTarget.value;
          setQuery(text);
          // The one nearest to what is read: the last.
          setAt(search(messages, text, inputsOf).length - 1);
        }}
        onKeyDown={(event) => {
          if (isComposing(event) || event.key !== 'Enter') return;
          event.preventDefault();
          go(event.shiftKey ? -1 : 1);
        }}
      />
      <output aria-live="polite">{countText(query, at, matches.length)}</output>
      <FindButton icon="arrow-up" label={t('previousMatch')} title={t('previousMatchHint')} act={() => go(-1)} />
      <FindButton icon="arrow-down" label={t('nextMatch')} title={t('nextMatchHint')} act={() => go(1)} />
      <FindButton icon="close" label={t('closeFind')} title={t('closeFindHint')} act={actions.close} />
    </div>
  );
}

function FindButton(properties: {
  readonly icon: string;
  readonly label: string;
  readonly title: string;
  readonly act: () => void;
}): VNode {
  const { icon, label, title, act } = properties;
  return (
    <button class="icon-btn" type="button" aria-label={label} title={title} onClick={act}>
      <Icon name={icon} />
    </button>
  );
}

/** Into the field, and back to where the focus was. */
function useFocus(field: RefObject<HTMLInputElement | null>): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    field.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
}

function countText(query: string, at: number, n: number): string {
  if (query.trim() === '') return '';
  return n === 0 ? t('noMatch') : t('matchOf', { at: at + 1, of: n });
}

let shown: Range | undefined;

/** Colours what is found; what was gone to is brought into sight, once. */
function show(query: string, current: Match | undefined): void {
  const range = highlight(query, current);
  const isSame =
    range !== undefined && shown?.startContainer === range.startContainer && shown.startOffset === range.startOffset;
  shown = range;
  if (range === undefined || isSame) return;
  const element = range.startContainer.parentElement;
  for (let at = element?.closest('details'); at != null; at = at.parentElement?.closest('details')) at.open = true;
  leaveEnd();
  element?.scrollIntoView({ block: 'nearest' });
  keepInSight(range, settlingFrames);
}

/** What is drawn around it for the first time may be higher or lower than it was thought to be. */
function keepInSight(range: Range, frames: number): void {
  if (shown?.startContainer !== range.startContainer) return;
  bringIntoSight(range);
  if (frames > 0) requestAnimationFrame(() => keepInSight(range, frames - 1));
}

/** A paragraph may be longer than the page. */
function bringIntoSight(range: Range): void {
  const scroller = document.querySelector('.transcript');
  if (scroller === null) return;
  const place = range.getBoundingClientRect();
  const frame = scroller.getBoundingClientRect();
  if (place.top < frame.top + 8 || place.bottom > frame.bottom - 8) {
    scroller.scrollTop += place.top - frame.top - frame.height / 2;
  }
}
