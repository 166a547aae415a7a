import * as v from 'valibot';
import { isFields, type Fields } from '../dify/json.ts';
import type { ContextItem } from './conversation.ts';
import type { FormValues } from './inputForm.ts';
import type { Queued } from './protocol.ts';
import { storedContext } from './stored.ts';

/** What is typed in a conversation and not sent. */
export interface Typed {
  readonly text: string;
  readonly contexts: readonly ContextItem[];
  readonly queue: readonly Queued[];
  readonly form: FormValues;
}

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
  queue: v.array(v.object({ key: v.string(), text: v.string(), contexts })),
  form: formValues,
});

/** As text for a file; '' if nothing is typed. */
export function storeTyped({ text, contexts: attached, queue, form }: Typed): string {
  const isEmpty = text === '' && attached.length === 0 && queue.length === 0 && Object.keys(form).length === 0;
  return isEmpty ? '' : JSON.stringify({ version: 2, text, contexts: attached, queue, form });
}

/** What is typed in what {@link storeTyped} wrote, or `undefined` if it is something else. */
export function restoreTyped(json: unknown): Typed | undefined {
  const { success, output } = v.safeParse(typedSchema, json);
  if (!success) return undefined;
  const { text, form } = output;
  const queue = output.queue.map((queued) => ({ ...queued, contexts: restoreContexts(queued.contexts) }));
  return { text, contexts: restoreContexts(output.contexts), queue, form };
}

function restoreContexts(stored: v.InferOutput<typeof contexts>): readonly ContextItem[] {
  return stored.map((context) => ({ ...context, lines: context.lines }));
}
