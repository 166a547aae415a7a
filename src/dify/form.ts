import { filled, numeric, object, objects, text, texts, type Fields } from './json.ts';

/**
 * The form that a run waits for: Dify 1.14 and later.
 *
 * @see https://docs.dify.ai/en/guides/workflow/node/human-input
 */
export interface HumanInputForm {
  readonly form_id: string;
  /** Opens the form through the API; `undefined` if it cannot be filled here, or was filled. */
  readonly form_token: string | undefined;
  /** False for a form that goes out by e-mail only: what opens it is in the mail. */
  readonly display_in_ui: boolean;
  readonly node_id: string;
  readonly node_title: string;
  /**
   * Markdown with `{{#$output.name#}}` where the inputs belong. In a state snapshot other variables in it are not filled in yet: the form
   * read by its token has them.
   */
  readonly form_content: string;
  readonly inputs: readonly HumanInput[];
  readonly actions: readonly HumanAction[];
  /** The deadline in seconds since 1970. */
  readonly expiration_time: number | undefined;
}

/** One input of a form. Every one has to be sent with every action. */
export interface HumanInput {
  /** `paragraph`, `select`, `file` or `file-list`. */
  readonly type: string;
  /** The key in `inputs`, and in the content's `{{#$output.name#}}`. */
  readonly output_variable_name: string;
  /** What stands in it at first, or ''. */
  readonly initial: string;
  /** The choices of a `select`. */
  readonly options: readonly string[];
  readonly allowed_file_types: readonly string[];
  readonly allowed_file_extensions: readonly string[];
  /** `local_file`, `remote_url`. */
  readonly allowed_file_upload_methods: readonly string[];
  /** Most files of a `file-list`. */
  readonly number_limits: number | undefined;
}

/** A button of a form. */
export interface HumanAction {
  /** What is sent; the title is not. */
  readonly id: string;
  readonly title: string;
  /** `primary`, `default`, `accent`, `ghost`. */
  readonly button_style: string;
}

/** The form in an event, in a pause's reason, in the history or in the answer of the form's own endpoint. */
export function readForm(fields: Fields): HumanInputForm {
  const resolved = object(fields, 'resolved_default_values');
  const actions = objects(fields, 'actions');
  return {
    form_id: text(fields, 'form_id') ?? '',
    form_token: filled(fields, 'form_token'),
    display_in_ui: fields['display_in_ui'] !== false,
    node_id: text(fields, 'node_id') ?? '',
    node_title: text(fields, 'node_title') ?? '',
    form_content: text(fields, 'form_content') ?? '',
    inputs: objects(fields, 'inputs').map((input) => readInput(input, resolved)),
    actions: (actions.length > 0 ? actions : objects(fields, 'user_actions')).map(readAction),
    expiration_time: numeric(fields, 'expiration_time'),
  };
}

/** Defaults that come from a variable are resolved beside the inputs, constant ones stand in the input. */
function readInput(input: Fields, resolved: Fields): HumanInput {
  const name = text(input, 'output_variable_name') ?? '';
  return {
    type: text(input, 'type') ?? '',
    output_variable_name: name,
    initial: text(resolved, name) ?? text(object(input, 'default'), 'value') ?? '',
    options: texts(object(input, 'option_source'), 'value'),
    allowed_file_types: texts(input, 'allowed_file_types'),
    allowed_file_extensions: texts(input, 'allowed_file_extensions'),
    allowed_file_upload_methods: texts(input, 'allowed_file_upload_methods'),
    number_limits: numeric(input, 'number_limits'),
  };
}

function readAction(action: Fields): HumanAction {
  const id = text(action, 'id') ?? '';
  return { id, title: filled(action, 'title') ?? id, button_style: text(action, 'button_style') ?? '' };
}
