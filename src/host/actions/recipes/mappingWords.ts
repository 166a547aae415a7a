import type { Mapping } from '../../../conversation/inputMapping.ts';
import type { Output, Variable } from '../../../conversation/recipe.ts';
import { variablesIn } from '../../../conversation/template.ts';
import type { InputControl } from '../../../dify/inputForm.ts';
import { t } from '../../words.ts';

/** What goes where, in the words of the app's own form: "text → Article, language → Target language". */
export function mappingWords({ inputs, query, open }: Mapping, form: readonly InputControl[]): string {
  const label = (variable: string): string => form.find((each) => each.variable === variable)?.label ?? variable;
  const ordered = Object.entries(inputs).toSorted(([, a], [, b]) => Number(takesText(b)) - Number(takesText(a)));
  const given = ordered.map(([variable, template]) =>
    t('{what} → {field}', { what: templateWords(template), field: label(variable) }),
  );
  const asked = query === '' ? [] : [t('{what} → {field}', { what: templateWords(query), field: t('question') })];
  const wanted = open.filter(({ required, initial }) => required && initial === '').map((control) => control.label);
  const asks = wanted.length === 0 ? [] : [t('asks you for {fields}', { fields: wanted.join(', ') })];
  return [...given, ...asked, ...asks].join(', ');
}

function takesText(template: string): boolean {
  return variablesIn(template).has('selectedText');
}

/** Its variables by name; of a text that is always the same that it is one. */
export function templateWords(template: string): string {
  const names = [...variablesIn(template)].map(variableWords);
  return names.length === 0 ? `“${template}”` : names.join(' + ');
}

export function variableWords(variable: Variable): string {
  switch (variable) {
    case 'selectedText':
      return t('text');
    case 'fileBasename':
      return t('file name');
    case 'relativeFile':
      return t('path of the file');
    case 'languageId':
      return t('programming language');
    case 'surroundingText':
      return t('lines around it');
    case 'fileText':
      return t('whole file');
    case 'diagnostics':
      return t('problems in it');
    case 'clipboard':
      return t('clipboard');
    case 'gitDiff':
      return t('uncommitted changes of the file');
    case 'targetLanguage':
      return t('language');
    case 'instruction':
      return t('instruction');
    case 'input':
      return t('what you type each time');
  }
}

/** What becomes of the answer. */
export function outputWords(output: Output): string {
  switch (output) {
    case 'show':
      return t('Show beside the text');
    case 'replace':
      return t('Replace the text');
    case 'insertBelow':
      return t('Insert below the text');
    case 'insertAtCursor':
      return t('Insert at the cursor');
    case 'newFile':
      return t('New file');
    case 'live':
      return t('Write into the text while it comes');
  }
}
