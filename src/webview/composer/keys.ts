import type { PageSettings } from '../../conversation/protocol.ts';

/** What of a keyboard event says what it is for. */
export interface KeyPress {
  readonly key: string;
  readonly keyCode: number;
  readonly isComposing: boolean;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly timeStamp: number;
}

export type SendKey = PageSettings['sendKey'];

/** An input method may deliver the key that ended a composition just after it, as a key like any other: so long, in milliseconds. */
const grace = 50;

/** When the last composition ended, on the clock of events. There is one on a page at a time, in whatever field. */
let composedAt = -Infinity;

/** Begins to know of the compositions in all fields of the page, for its life. */
export function watchCompositions(page: Pick<Document, 'addEventListener'>): void {
  page.addEventListener('compositionend', compositionEnded, { capture: true });
}

export function compositionEnded({ timeStamp }: Pick<Event, 'timeStamp'>): void {
  composedAt = timeStamp;
}

/**
 * Whether an input method has the key, or has just had it: then it does nothing else, in no field of the page. 229 is what Chromium and
 * Safari report for keys that one has taken; Safari ends the composition before it reports the key.
 */
export function isComposing(event: Pick<KeyPress, 'isComposing' | 'keyCode' | 'timeStamp'>): boolean {
  return event.isComposing || event.keyCode === 229 || isJustComposed(event);
}

/** Whether the key is one that ended a composition, delivered after it. */
export function isJustComposed({ timeStamp }: Pick<KeyPress, 'timeStamp'>): boolean {
  return timeStamp - composedAt < grace;
}

/** Whether the key sends, as the person set it; with the other modifiers Enter breaks the line. */
export function sends(event: KeyPress, sendKey: SendKey): boolean {
  if (event.key !== 'Enter' || event.altKey || isComposing(event)) return false;
  const isControl = event.ctrlKey || event.metaKey;
  switch (sendKey) {
    case 'enter':
      return !event.shiftKey && !isControl;
    case 'ctrlEnter':
      return isControl && !event.shiftKey;
    case 'shiftEnter':
      return event.shiftKey && !isControl;
  }
}

/** The key's name as it is written on the keyboard. */
export function nameOfSendKey(sendKey: SendKey, platform: string): string {
  const isMac = platform.startsWith('Mac');
  switch (sendKey) {
    case 'enter':
      return 'Enter';
    case 'ctrlEnter':
      return isMac ? '⌘Enter' : 'Ctrl+Enter';
    case 'shiftEnter':
      return isMac ? '⇧Enter' : 'Shift+Enter';
  }
}
