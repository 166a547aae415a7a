import type { DifyClient } from './client.ts';
import { readThought, type StreamThought } from './events.ts';
import { readForm, type HumanInputForm } from './form.ts';
import { filled, isFields, numeric, object, objects, text, type Fields } from './json.ts';
import { readCitation, readFile, type Citation, type DifyFile } from './metadata.ts';

/** One message of the server's history: a question with its answer. */
export interface HistoryMessage {
  readonly id: string;
  readonly conversation_id: string;
  /** The zero UUID: this API has no branches. */
  readonly parent_message_id: string | undefined;
  /** The form's values of this turn. */
  readonly inputs: Fields;
  readonly query: string;
  /**
   * '' while the run goes on, after it failed, after a stop at the end of a node, and when nobody read the answer to its end. So an
   * empty answer says nothing.
   */
  readonly answer: string;
  /** What this user thinks of it. */
  readonly feedback: { readonly rating: string; readonly content: string | undefined } | undefined;
  readonly retriever_resources: readonly Citation[];
  /** In the order of their positions. */
  readonly agent_thoughts: readonly StreamThought[];
  /** Of both the question and the answer. */
  readonly message_files: readonly MessageFile[];
  /** Forms that the answer waits or waited for. */
  readonly extra_contents: readonly HumanInputContent[];
  /** Whole seconds since 1970: messages of one second come in any order. */
  readonly created_at: number;
  /** `normal`, `error`, or `paused`. */
  readonly status: string;
  /** Why it failed, in the server's words, which may be JSON. */
  readonly error: string | undefined;
}

/** A file of a message. */
export interface MessageFile extends DifyFile {
  /** `local_file`, `remote_url`, `tool_file`. */
  readonly transfer_method: string | undefined;
  /** Of an upload: what names it in another message. */
  readonly upload_file_id: string | undefined;
}

/** A form in a message: the way back to a turn that waits, also after a restart. */
export interface HumanInputContent {
  /** `human_input`. */
  readonly type: string;
  readonly workflow_run_id: string;
  readonly submitted: boolean;
  readonly form_definition: HumanInputForm | undefined;
  /** What was answered. */
  readonly form_submission_data: FormSubmission | undefined;
}

export interface FormSubmission {
  readonly node_id: string;
  readonly node_title: string;
  /** The form's content with the answers in their places: Markdown. */
  readonly rendered_content: string;
  readonly action_id: string;
  readonly action_text: string;
  readonly submitted_data: Fields;
}

export interface MessagesPage {
  /** The newest of those asked for, the oldest first. */
  readonly messages: readonly HistoryMessage[];
  /** Whether there are older ones. */
  readonly hasMore: boolean;
}

/**
 * The newest 100 messages of the conversation, or of those before `firstId`. 100 is the most a page may hold; smaller pages lose
 * messages that were asked in the same second.
 *
 * @throws {DifyError} `notFound` if the conversation does not exist, or is another user's
 * @see https://docs.dify.ai/en/api-reference/conversations/list-conversation-messages
 */
export async function getMessages(
  client: DifyClient,
  page: { readonly conversationId: string; readonly firstId?: string },
  signal: AbortSignal,
): Promise<MessagesPage> {
  const query = {
    conversation_id: page.conversationId,
    limit: '100',
    // Dify 1.11 refuses an empty first_id.
    ...(page.firstId === undefined ? {} : { first_id: page.firstId }),
  };
  const { fields } = await client.get('/messages', query, signal);
  const messages = objects(fields, 'data')
    .map(readMessage)
    .filter(({ id }) => id !== '');
  return { messages, hasMore: fields['has_more'] === true };
}

function readMessage(fields: Fields): HistoryMessage {
  return {
    id: text(fields, 'id') ?? '',
    conversation_id: text(fields, 'conversation_id') ?? '',
    parent_message_id: filled(fields, 'parent_message_id'),
    inputs: object(fields, 'inputs'),
    query: text(fields, 'query') ?? '',
    answer: text(fields, 'answer') ?? '',
    feedback: readFeedback(object(fields, 'feedback')),
    retriever_resources: objects(fields, 'retriever_resources').map(readCitation),
    agent_thoughts: objects(fields, 'agent_thoughts')
      .map(readThought)
      .sort((one, other) => one.position - other.position),
    message_files: objects(fields, 'message_files').map(readMessageFile),
    extra_contents: objects(fields, 'extra_contents').map(readContent),
    created_at: numeric(fields, 'created_at') ?? 0,
    status: filled(fields, 'status') ?? 'normal',
    error: filled(fields, 'error'),
  };
}

function readFeedback(fields: Fields): HistoryMessage['feedback'] {
  const rating = filled(fields, 'rating');
  return rating === undefined ? undefined : { rating, content: filled(fields, 'content') };
}

function readMessageFile(fields: Fields): MessageFile {
  return {
    ...readFile(fields),
    transfer_method: filled(fields, 'transfer_method'),
    upload_file_id: filled(fields, 'upload_file_id'),
  };
}

function readContent(fields: Fields): HumanInputContent {
  const form = fields['form_definition'];
  const submission = fields['form_submission_data'];
  return {
    type: text(fields, 'type') ?? '',
    workflow_run_id: text(fields, 'workflow_run_id') ?? '',
    submitted: fields['submitted'] === true,
    form_definition: isFields(form) ? readForm(form) : undefined,
    form_submission_data: isFields(submission) ? readSubmission(submission) : undefined,
  };
}

function readSubmission(fields: Fields): FormSubmission {
  return {
    node_id: text(fields, 'node_id') ?? '',
    node_title: text(fields, 'node_title') ?? '',
    rendered_content: text(fields, 'rendered_content') ?? '',
    action_id: text(fields, 'action_id') ?? '',
    action_text: text(fields, 'action_text') ?? '',
    submitted_data: object(fields, 'submitted_data'),
  };
}
