import { TabInputText, TabInputTextDiff, type Disposable, type Tab } from 'vscode';
import type { Register } from '../../commands.ts';
import type { Results } from './results.ts';

/** Registers the commands of the results. They are loaded when the first of them is run. */
export function registerResults(register: Register, load: () => Promise<Results>): readonly Disposable[] {
  const command = (name: string, run: (results: Results, uri: unknown) => unknown): Disposable =>
    register(`difyCompanion.results.${name}`, async (uri) => run(await load(), uri));
  return [
    command('show', (results, uri) => results.show(uri)),
    command('stop', (results, uri) => results.stop(uri)),
    command('copy', (results, uri) => results.copy(uri)),
    command('copyAsPlainText', (results, uri) => results.copyAsPlainText(uri)),
    command('replace', (results, uri) => results.put('replace', uri)),
    command('insertBelow', (results, uri) => results.put('insertBelow', uri)),
    command('insertAtCursor', (results, uri) => results.put('insertAtCursor', uri)),
    command('newFile', (results, uri) => results.put('newFile', uri)),
    command('again', (results, uri) => results.again(uri)),
    command('againWithChange', (results, uri) => results.againWithChange(uri)),
    command('continueInChat', (results, uri) => results.continueInChat(uri)),
    command('showPrevious', (results, uri) => results.showPrevious(uri)),
    command('openPreview', (results, uri) => results.openPreview(uri)),
    command('like', (results, uri) => results.rate(uri, 'like')),
    command('dislike', (results, uri) => results.rate(uri, 'dislike')),
    command('openRecent', (results) => results.openRecent()),
  ];
}

/** Whether what it shows is made by the actions: a result, or a diff of what it would make of a text. */
export function isResultTab({ input }: Tab): boolean {
  if (input instanceof TabInputTextDiff) return input.modified.scheme === 'dify-proposal';
  return input instanceof TabInputText && input.uri.scheme === 'dify-result';
}
