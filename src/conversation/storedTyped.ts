import * as v from 'valibot';
import { isFields, type Fields } from '../dify/json.ts';
import type { ContextItem, SentFile } from './conversation.ts';
import type { FormValues } from './inputForm.ts';
import type { Queued } from './protocol.ts';
import { storedContext, storedFile } from './stored.ts';
import type { KeptUpload } from './upload.ts';

/** What is typed in a conversation and not sent. */
export interface Typed {
  readonly text: string;
  readonly contexts: readonly ContextItem[];
  readonly files: readonly KeptUpload[];
  readonly queue: readonly Queued[];
  readonly form: FormValues;
  /** What stands in the forms that runs wait for, by `form_id`. */
  readonly humanInput: Readonly<Record<string, FormValues>>;
}

export const nothingTyped: Typed = { text: '', contexts: [], files: [], queue: [], form: {}, humanInput: {} };

/** What is typed beside the text. */
export type Beside = Pick<Typed, 'contexts' | 'files' | 'form' | 'humanInput'>;

const contexts = v.array(storedContext);
const fieldValue = v.union([
  v.string(),
  v.boolean(),
  v.array(v.object({ name: v.string(), mapping: v.custom<Fields>(isFields) })),
]);
/** Not a record: that leaves out members with names like `constructor`. */
const formValues = v.custom<FormValues>(
  (value) => isFields(value) && Object.values(value).every((item) => v.is(fieldValue, item)),
);
const typedSchema = v.object({
  version: v.literal(2),
  text: v.string(),
  contexts,
  files: v.optional(v.array(v.object({ ...storedFile.entries, key: v.string(), uri: v.optional(v.string()) })), []),
  queue: v.array(v.object({ key: v.string(), text: v.string(), contexts, files: v.optional(v.array(storedFile), []) })),
  form: formValues,
  humanInput: v.optional(
    v.custom<Readonly<Record<string, FormValues>>>(
      (value) => isFields(value) && Object.values(value).every((item) => v.is(formValues, item)),
    ),
    {},
  ),
});

/** As text for a file; '' if nothing is typed. */
export function storeTyped(typed: Typed): string {
  const { text, contexts: attached, files, queue, form, humanInput } = typed;
  const beside = [attached, files, queue, Object.keys(form), Object.keys(humanInput)];
  if (text === '' && beside.every(({ length }) => length === 0)) return '';
  return JSON.stringify({ version: 2, text, contexts: attached, files, queue, form, humanInput });
}

/** What is typed in what {@link storeTyped} wrote, or `undefined` if it is something else. */
export function restoreTyped(json: unknown): Typed | undefined {
  const { success, output } = v.safeParse(typedSchema, json);
  if (!success) return undefined;
  const { text, form, humanInput } = output;
  const files = output.files.map((file) => ({ ...restoreFile(file), key: file.key, uri: file.uri }));
  const queue = output.queue.map((queued) => ({
    ...queued,
    contexts: restoreContexts(queued.contexts),
    files: queued.files.map(restoreFile),
  }));
  return { text, contexts: restoreContexts(output.contexts), files, queue, form, humanInput };
}

function restoreContexts(stored: v.InferOutput<typeof contexts>): readonly ContextItem[] {
  return stored.map((context) => ({ ...context, lines: context.lines }));
}

function restoreFile({ name, type, size, mapping, thumbnail }: v.InferOutput<typeof storedFile>): SentFile {
  return { name, type, size, mapping, thumbnail };
}
