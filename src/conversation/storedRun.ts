import * as v from 'valibot';
import { isFields, type Fields } from '../dify/json.ts';
import { remedies } from './failure.ts';
import { previewOf, previewOfJson } from './preview.ts';

const text = v.string();
const maybeText = v.optional(v.string());
/** JSON has no other numbers: what it cannot say would make the file unreadable when it is written again. */
export const number = v.pipe(v.number(), v.finite());
const maybeNumber = v.optional(number);
/** Not a record: that leaves out members with names like `constructor`. */
const fields = v.custom<Fields>(isFields);

const failure = v.object({ fact: text, advice: text, remedy: v.picklist(remedies), details: text });

const resend = v.object({ attempt: number, of: number, seconds: number, failure });

const status = v.variant('type', [
  v.object({ type: v.literal('waiting'), resend: v.optional(resend), lost: v.optional(failure) }),
  v.object({ type: v.literal('answering') }),
  v.object({ type: v.literal('paused') }),
  v.object({ type: v.literal('done') }),
  v.object({ type: v.literal('stopped'), because: v.optional(v.picklist(['closed', 'server'])) }),
  v.object({ type: v.literal('incomplete'), failure, because: v.optional(v.literal('closed')) }),
  v.object({ type: v.literal('failed'), failure }),
]);

const usage = v.object({
  totalTokens: maybeNumber,
  latency: maybeNumber,
  totalPrice: maybeText,
  currency: maybeText,
});

/** In 0.1.0 the input and the result of a tool were text, '' for none. */
const preview = v.union([
  v.object({ text, size: number }),
  v.pipe(
    text,
    v.transform((old) => previewOfJson(old)),
  ),
]);

const thought = v.object({
  id: text,
  position: number,
  text,
  calls: v.array(
    v.object({
      tool: text,
      labels: fields,
      input: v.optional(preview),
      result: v.optional(preview),
      seconds: maybeNumber,
    }),
  ),
  files: v.array(text),
});

/** In 0.1.0 the data of a line was whole. */
const logged = v.union([
  v.object({ text, size: number }),
  v.pipe(
    fields,
    v.transform((old) => previewOf(old)),
  ),
]);

const node = v.object({
  id: text,
  nodeId: text,
  nodeType: text,
  title: text,
  container: maybeText,
  length: maybeNumber,
  status: text,
  error: maybeText,
  seconds: maybeNumber,
  tokens: maybeNumber,
  retries: number,
  round: maybeNumber,
  rounds: number,
  inputs: v.optional(preview),
  outputs: v.optional(preview),
  branch: maybeText,
  log: v.array(
    v.object({ id: text, parent: maybeText, label: text, status: text, error: maybeText, data: v.optional(logged) }),
  ),
});

const file = v.object({
  id: text,
  type: text,
  filename: text,
  mime_type: text,
  size: maybeNumber,
  url: text,
  belongs_to: text,
});

const citation = v.object({
  position: number,
  dataset_name: text,
  document_name: text,
  document_id: text,
  segment_id: text,
  score: maybeNumber,
  segment_position: maybeNumber,
  hit_count: maybeNumber,
  content: text,
});

const form = v.object({
  form_id: text,
  form_token: maybeText,
  display_in_ui: v.boolean(),
  node_id: text,
  node_title: text,
  form_content: text,
  inputs: v.array(
    v.object({
      type: text,
      output_variable_name: text,
      initial: text,
      options: v.array(text),
      allowed_file_types: v.array(text),
      allowed_file_extensions: v.array(text),
      allowed_file_upload_methods: v.optional(v.array(text), []),
      number_limits: maybeNumber,
    }),
  ),
  actions: v.array(v.object({ id: text, title: text, button_style: text })),
  expiration_time: maybeNumber,
});

const formState = v.variant('type', [
  v.object({ type: v.literal('open') }),
  v.object({ type: v.literal('filled'), action: text, content: text }),
  v.object({ type: v.literal('expired') }),
]);

/** A run in a file. What came to runs after 0.1.0 is optional: older files have none of it. */
export const storedRun = v.object({
  text,
  status,
  messageId: maybeText,
  runId: maybeText,
  stoppable: v.boolean(),
  usage: v.optional(usage),
  reasoning: v.optional(text, ''),
  thoughts: v.optional(v.array(thought), []),
  nodes: v.optional(v.array(node), []),
  files: v.optional(v.array(file), []),
  citations: v.optional(v.array(citation), []),
  forms: v.optional(v.array(v.object({ form, state: formState })), []),
  outputs: v.optional(fields),
  annotatedBy: maybeText,
});
