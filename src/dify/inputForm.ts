import { filled, isFields, numeric, text, texts, type Fields } from './json.ts';

/**
 * One control of an app's form. `type` is the server's word: `text-input`, `paragraph`, `select`, `number`, `checkbox`, `file`,
 * `file-list`, `json_object`; one that is not known is to be treated as `text-input`.
 */
export interface InputControl {
  readonly type: string;
  /** The key in `inputs`. */
  readonly variable: string;
  readonly label: string;
  readonly required: boolean;
  /** The owner's default as text, or ''. Text generators and chatbots do not apply it themselves. */
  readonly initial: string;
  /** Most characters of a text, most files of a file list; `undefined` without a limit. */
  readonly maxLength: number | undefined;
  /** The choices of a `select`. */
  readonly options: readonly string[];
}

/** The control in one element of `user_input_form`: an object whose only key is the type. Those the person never fills are left out. */
export function readInputControl(element: Fields): readonly InputControl[] {
  return Object.entries(element).flatMap(([type, value]) => {
    const variable = isFields(value) ? filled(value, 'variable') : undefined;
    // external_data_tool is filled by the server, hidden ones by nobody.
    if (!isFields(value) || variable === undefined || type === 'external_data_tool' || value['hide'] === true)
      return [];
    return [
      {
        type,
        variable,
        label: filled(value, 'label') ?? variable,
        required: value['required'] === true,
        initial: initialText(value),
        maxLength: numeric(value, 'max_length') || undefined,
        options: texts(value, 'options'),
      },
    ];
  });
}

function initialText(control: Fields): string {
  const initial = control['default'];
  return typeof initial === 'number' || typeof initial === 'boolean'
    ? String(initial)
    : (text(control, 'default') ?? '');
}
