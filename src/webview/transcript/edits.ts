import { remembered } from '../vscodeApi.ts';

/** Edits of questions that were begun and neither sent nor cancelled, by the key of the message: a page made anew goes on with them. */
const name = 'edits';

/** The text of the edit, if one was begun. */
export function editOf(key: string): string | undefined {
  return begun().get(key);
}

/** @param text `undefined` when the edit is over */
export function keepEdit(key: string, text: string | undefined): void {
  const edits = begun();
  if (text === undefined) edits.delete(key);
  else edits.set(key, text);
  remembered.set(name, Object.fromEntries(edits));
}

function begun(): Map<string, string> {
  const kept = remembered.get(name);
  const entries: readonly [string, unknown][] = typeof kept === 'object' && kept !== null ? Object.entries(kept) : [];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
