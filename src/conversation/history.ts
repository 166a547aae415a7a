import { shown } from '../dify/errorResponse.ts';
import type { HistoryMessage, HumanInputContent, MessageFile } from '../dify/messages.ts';
import { redact } from '../dify/redact.ts';
import { emptyConversation, type Conversation, type Message, type SentFile } from './conversation.ts';
import type { Failure, Translate } from './failure.ts';
import { newRun, type RunForm, type RunStatus } from './run.ts';
import { thoughtOf } from './translate.ts';

/** The conversation as the server's history tells it. The nodes of a workflow, and what it cost, are not in it. */
export function conversationOf(id: string, messages: readonly HistoryMessage[], t: Translate): Conversation {
  // A conversation that only the server has goes by the server's id here too.
  return { ...emptyConversation, key: id, id, messages: messages.map((message) => messageOf(message, t)) };
}

const ratings = ['like', 'dislike'] as const;

function messageOf(message: HistoryMessage, t: Translate): Message {
  const { answer, agent_thoughts, created_at, extra_contents, id, message_files, query, retriever_resources } = message;
  const run = {
    ...newRun,
    text: answer,
    messageId: id,
    runId: extra_contents[0]?.workflow_run_id || undefined,
    status: statusOf(message, t),
    thoughts: agent_thoughts.map(thoughtOf),
    files: message_files.filter(({ belongs_to }) => belongs_to !== 'user'),
    citations: retriever_resources,
    forms: extra_contents.flatMap(formOf),
  };
  const rating = ratings.find((one) => one === message.feedback?.rating);
  const files = message_files.filter(({ belongs_to }) => belongs_to === 'user').map(sentFile);
  const added = { contexts: [], files, inputs: undefined, again: undefined, forgotten: false };
  return { key: id, query, typed: query, askedAt: created_at * 1000, run, rating, ...added };
}

function sentFile({ filename: name, type, size, upload_file_id: id }: MessageFile): SentFile {
  const mapping = id === undefined ? {} : { type, transfer_method: 'local_file', upload_file_id: id };
  return { name, type, size, mapping, thumbnail: undefined };
}

/** The server does not say whether an answer is whole; an empty one was stopped, lost, or is still being written. */
function statusOf({ answer, error, extra_contents, status }: HistoryMessage, t: Translate): RunStatus {
  if (status === 'error') {
    return { type: 'failed', failure: failure(t('The app could not finish the answer.'), redact(shown(error ?? ''))) };
  }
  // After a blocking request a waiting turn is called normal; its form tells.
  if (status === 'paused' || extra_contents.some(({ submitted }) => !submitted)) return { type: 'paused' };
  return answer === ''
    ? { type: 'incomplete', failure: failure(t('Dify kept no text of this answer.'), '') }
    : { type: 'done' };
}

function formOf({
  form_definition: form,
  form_submission_data: filled,
  submitted,
}: HumanInputContent): readonly RunForm[] {
  if (form === undefined) return [];
  if (!submitted) return [{ form, state: { type: 'open' } }];
  const {
    action_text,
    action_id,
    rendered_content: content,
  } = filled ?? { action_text: '', action_id: '', rendered_content: '' };
  return [{ form, state: { type: 'filled', action: action_text || action_id, content } }];
}

function failure(fact: string, advice: string): Failure {
  return { fact, advice, remedy: 'retry', details: '' };
}
