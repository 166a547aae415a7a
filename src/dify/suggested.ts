import type { DifyClient } from './client.ts';
import { texts } from './json.ts';

/**
 * Questions that could come next. Asked of a model there and then, so it takes seconds; none where that model fails. Ask after the
 * end of the answer, and only where `AppParameters.suggestedQuestionsAfterAnswer` says so.
 *
 * @throws {DifyError} `rejected` where the feature is off; `notFound` if the message does not exist
 * @see https://docs.dify.ai/en/api-reference/chat-messages/get-next-suggested-questions
 */
export async function getSuggested(
  client: DifyClient,
  messageId: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { fields } = await client.get(`/messages/${encodeURIComponent(messageId)}/suggested`, {}, signal);
  return texts(fields, 'data').filter((question) => question.trim() !== '');
}
