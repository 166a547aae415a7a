import type { Message } from '../../conversation/conversation.ts';
import type { InputControl } from '../../conversation/inputForm.ts';
import { shownInputs, type ShownInput } from '../../conversation/runApps.ts';
import { t } from '../locale.ts';

/** A value that an app was run with, as it is shown. */
export function valueWords(value: ShownInput['value']): string {
  if (typeof value === 'string') return value;
  return value ? t('checked') : t('unchecked');
}

/** All that is to be read of what an app was run with. */
export function inputsText(form: readonly InputControl[], run: Pick<Message, 'inputs' | 'files'>): string {
  return shownInputs(form, run)
    .flatMap(({ label, value }) => [label, valueWords(value)])
    .join('\n');
}
