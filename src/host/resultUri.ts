import { Uri } from 'vscode';
import { titleOf, type Result } from '../conversation/result.ts';

/** Of the documents in which results of actions are shown. */
export const resultScheme = 'dify-result';

/** The document of the result. */
export function resultUri(result: Pick<Result, 'id' | 'recipe' | 'source'>): Uri {
  return Uri.from({ scheme: resultScheme, path: `/${result.id}/${titleOf(result).replaceAll(/[/\\]/g, '-')}` });
}
