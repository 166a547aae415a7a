import { firstValue, kindOf, type FieldValue, type FormValues } from '../../../conversation/inputForm.ts';
import { choiceFor } from '../../../conversation/inputMapping.ts';
import type { InputControl } from '../../../dify/inputForm.ts';

/** What a mapping filled in, as the fields take it; a file cannot be filled in by a text. What does not fit is for the person to see. */
export function filledValues(form: readonly InputControl[], filled: Readonly<Record<string, string>>): FormValues {
  return Object.fromEntries(
    form.flatMap((control) => {
      const text = Object.hasOwn(filled, control.variable) ? filled[control.variable] : undefined;
      return text === undefined ? [] : [[control.variable, filledValue(control, text)]];
    }),
  );
}

function filledValue(control: InputControl, text: string): FieldValue {
  switch (kindOf(control)) {
    case 'checkbox':
      return /^\s*(?:true|yes|on|1)\s*$/i.test(text);
    case 'select':
      return choiceFor(control, text) ?? text;
    case 'number':
      return text.trim();
    case 'file':
    case 'files':
      return firstValue(control);
    default:
      return text;
  }
}
