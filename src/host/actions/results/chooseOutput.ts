import { window } from 'vscode';
import { outputText, shownOutputs } from '../../../conversation/outputs.ts';
import type { Run } from '../../../conversation/run.ts';
import { t } from '../../words.ts';

/** What of the answers goes into the text. */
export interface ChosenOutput {
  /** Of one answer; `undefined` where it has nothing. */
  readonly of: (run: Run) => string | undefined;
  /** Whether it is all that the answers say. */
  readonly isAll: boolean;
}

const all: ChosenOutput = { of: ({ text }) => text || undefined, isAll: true };

/** A workflow may give several outputs: the person says which of them is meant. `undefined` if they give up. */
export async function chooseOutput([first]: readonly { readonly run: Run }[]): Promise<ChosenOutput | undefined> {
  const outputs = first === undefined ? [] : shownOutputs(first.run);
  if (outputs.length < 2) return all;
  const rows = outputs.map(({ name, markdown }) => ({ label: name, description: markdown.trim().slice(0, 80) }));
  const everything = { label: t('All Outputs') };
  const picked = await window.showQuickPick([...rows, everything], { title: t('Which output goes into the text?') });
  if (picked === undefined || picked === everything) return picked && all;
  return { of: (run) => outputText(run, picked.label) || undefined, isAll: false };
}
