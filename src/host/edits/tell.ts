import { env, window } from 'vscode';
import { plainAnswer } from '../../conversation/documentText.ts';
import { t } from '../words.ts';
import type { Answers, Refusal } from './planner.ts';

/** Why a document stays as it is: also because it takes no changes, or VS Code refused them. */
export type Refused = Refusal | 'readOnly' | 'failed';

/** Shows a message with buttons; gives the one that was pressed. */
export type Ask = (message: string, ...buttons: readonly string[]) => Promise<string | undefined>;

export const askByMessage: Ask = async (message, ...buttons) => window.showWarningMessage(message, ...buttons);

/** What still works where the text cannot be replaced. */
export interface WaysOut {
  /** Shows the text as it is now beside what would become of it. */
  readonly compare?: () => Promise<boolean>;
  readonly insertAtCursor?: (text: string) => Promise<boolean>;
}

/** Says why nothing was changed, and does what the person chooses instead. */
export async function tellRefusal(
  refused: Refused,
  answers: Answers,
  { compare, insertAtCursor }: WaysOut,
  ask: Ask,
): Promise<boolean> {
  const text = refused === 'same' ? '' : textOf(answers);
  const waysOut: Readonly<Record<string, () => Promise<boolean>>> = {
    ...(refused === 'changed' && compare !== undefined ? { [t('Compare…')]: compare } : {}),
    ...(text === '' || insertAtCursor === undefined ? {} : { [t('Insert at Cursor')]: () => insertAtCursor(text) }),
    ...(text === '' ? {} : { [t('Copy')]: () => copy(text) }),
  };
  const pressed = await ask(wordsFor(refused), ...Object.keys(waysOut));
  return pressed === undefined ? false : ((await waysOut[pressed]?.()) ?? false);
}

function textOf(answers: Answers): string {
  return answers
    .filter((answer) => answer !== undefined)
    .map((answer) => plainAnswer(answer).content.trim())
    .join('\n\n');
}

async function copy(text: string): Promise<boolean> {
  await env.clipboard.writeText(text);
  return false;
}

function wordsFor(refused: Refused): string {
  switch (refused) {
    case 'changed':
      return t('The text changed.');
    case 'gone':
      return t('The text is gone.');
    case 'readOnly':
      return t('The document is read-only.');
    case 'empty':
      return t('The answer has no text for the document.');
    case 'same':
      return t('The answer leaves the text as it is.');
    case 'failed':
      return t('VS Code did not take the change.');
  }
}
