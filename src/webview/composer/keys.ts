/** What of a keyboard event decides whether it sends. */
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

/** An input method may deliver the Enter that ended a composition just after it, as a key like any other. */
const grace = 50;

/**
 * Whether a key is the Enter that sends, rather than the one that takes a candidate of an input method.
 * @param composedAt the `timeStamp` at which the last composition ended
 */
export function sends(event: KeyPress, composedAt: number): boolean {
  if (event.key !== 'Enter' || isComposing(event)) return false;
  if (event.timeStamp - composedAt < grace) return false;
  return !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
}

/** Whether an input method has the key. 229 is what Chromium reports for keys that one has taken. */
export function isComposing(event: Pick<KeyPress, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === 229;
}
