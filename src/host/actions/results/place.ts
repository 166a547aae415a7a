import { window } from 'vscode';
import type { Output } from '../../../conversation/recipe.ts';
import { chooseOutput } from './chooseOutput.ts';
import { t } from '../../words.ts';
import type { ResultPorts } from './ports.ts';
import { markdownOf } from './resultWords.ts';
import type { ShownResult } from './shownResult.ts';

/** Where an answer can be put once it is there. */
export type Place = Exclude<Output, 'show' | 'live'>;

/** Puts the shown answer there. Whether a document was changed; what goes wrong is told. */
export async function putInto(
  place: Place,
  shown: ShownResult,
  { howToReplace }: Pick<ResultPorts, 'howToReplace'>,
): Promise<boolean> {
  const { followed, isPlaceKnown, result } = shown;
  const needsPlace = place === 'replace' || place === 'insertBelow';
  if (needsPlace && !isPlaceKnown) {
    const words = { place: result.source.place };
    void window.showInformationMessage(t('The text at {place} is another one now. Copy the answer instead.', words));
    return false;
  }
  const chosen = await chooseOutput(shown.answer.parts);
  if (chosen === undefined) return false;
  const answers = shown.answer.parts.map(({ run }) => chosen.of(run));
  const document = chosen.isAll ? markdownOf(shown.answer) : answers.filter((text) => text !== undefined).join('\n\n');
  switch (place) {
    case 'replace':
      // Its button says so then.
      return await followed.replace(answers, followed.state() === 'changed' ? 'compare' : howToReplace());
    case 'insertBelow':
      return await followed.insertBelow(answers);
    case 'insertAtCursor':
      return await followed.insertAtCursor(document);
    case 'newFile':
      return await followed.newFile(document);
  }
}
