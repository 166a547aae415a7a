import type { Translate as TranslateSentence } from '../../conversation/failure.ts';
import type { Translate } from '../strings.ts';

type Values = Readonly<Record<string, string | number>>;

/** What `formProblems` and its like say, in the words of the page: they name each sentence by its English. */
export function problemWords(t: Translate): TranslateSentence {
  const sentences: Readonly<Record<string, (values: Values) => string>> = {
    'The app needs a value here.': () => t('valueNeeded'),
    'Enter a number, for example 12.': () => t('numberNeeded'),
    'The app does not offer “{value}”. Choose another.': (values) => t('notOffered', { value: of(values, 'value') }),
    'The app takes {n} files at most.': (values) => t('tooManyFiles', { n: of(values, 'n') }),
    'The app takes no such value here.': () => t('notTaken'),
    'Too long by 1 character.': () => t('tooLong', { n: 1 }),
    'Too long by {n} characters.': (values) => t('tooLong', { n: of(values, 'n') }),
    'Enter an object, for example {example}.': (values) => t('objectNeeded', { example: of(values, 'example') }),
    'Line {line}: a comma is missing before {near}.': (values) => t('commaMissing', jsonPlace(values)),
    'Line {line}: a colon is missing before {near}.': (values) => t('colonMissing', jsonPlace(values)),
    'Line {line}: the text {near} does not end there, or has signs that JSON writes with a backslash.': (values) =>
      t('textOpen', jsonPlace(values)),
    'Line {line}: {near} cannot stand here.': (values) => t('cannotStand', jsonPlace(values)),
    'Line {line}: the end is missing.': (values) => t('endMissing', { line: of(values, 'line') }),
    'Enter the address of a file, for example {example}.': (values) =>
      t('addressNeeded', { example: of(values, 'example') }),
    '{file}: this app accepts {types}. Remove it or convert it.': (values) =>
      t('typeNotTaken', { file: of(values, 'file'), types: of(values, 'types') }),
    '{a}, {b}': (values) => t('fieldNotes', { a: of(values, 'a'), b: of(values, 'b') }),
    images: () => t('typeImages'),
    documents: () => t('typeDocuments'),
    'sound files': () => t('typeSound'),
    videos: () => t('typeVideos'),
  };
  return (sentence, values = {}) => sentences[sentence]?.(values) ?? sentence;
}

function jsonPlace(values: Values): { readonly line: string | number; readonly near: string | number } {
  return { line: of(values, 'line'), near: of(values, 'near') };
}

function of(values: Values, name: string): string | number {
  return values[name] ?? '';
}
