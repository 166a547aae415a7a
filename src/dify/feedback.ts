import type { DifyClient } from './client.ts';
import { filled, objects, text, type Fields } from './json.ts';

export type Rating = 'like' | 'dislike';

/**
 * Rates an answer, in place of an earlier rating and its comment. Works while the answer is still being written, too.
 *
 * @throws {DifyError} `notFound` if the message does not exist, or is another user's
 * @see https://docs.dify.ai/en/api-reference/feedback/submit-message-feedback
 */
export async function rate(
  client: DifyClient,
  feedback: { readonly messageId: string; readonly rating: Rating; readonly content?: string },
  signal: AbortSignal,
): Promise<void> {
  const { messageId, ...body } = feedback;
  await client.post(pathOf(messageId), body, signal);
}

/**
 * Takes the rating back.
 *
 * @throws {DifyError} `notFound`; `rejected` where there is no rating
 * @see https://docs.dify.ai/en/api-reference/feedback/submit-message-feedback
 */
export async function revokeRating(client: DifyClient, messageId: string, signal: AbortSignal): Promise<void> {
  await client.post(pathOf(messageId), { rating: null }, signal);
}

/** One rating of any user of the app, or of its team. */
export interface AppFeedback {
  readonly id: string;
  readonly app_id: string;
  readonly conversation_id: string;
  readonly message_id: string;
  /** `like` or `dislike`. */
  readonly rating: string;
  readonly content: string | undefined;
  /** `user` or `admin`. */
  readonly from_source: string;
  readonly from_end_user_id: string | undefined;
  readonly from_account_id: string | undefined;
  /** ISO 8601 here, not seconds. */
  readonly created_at: string;
  readonly updated_at: string;
}

/**
 * A page of 100 ratings of the whole app, the newest first: for its owner, not for those who ask it.
 *
 * @param page from 1 on; the server does not say whether there is another
 * @throws {DifyError}
 * @see https://docs.dify.ai/en/api-reference/feedback/list-app-feedbacks
 */
export async function getAppFeedbacks(
  client: DifyClient,
  page: number,
  signal: AbortSignal,
): Promise<readonly AppFeedback[]> {
  const { fields } = await client.get('/app/feedbacks', { page: String(page), limit: '100' }, signal);
  return objects(fields, 'data').map(readFeedback);
}

function pathOf(messageId: string): string {
  return `/messages/${encodeURIComponent(messageId)}/feedbacks`;
}

function readFeedback(fields: Fields): AppFeedback {
  return {
    id: text(fields, 'id') ?? '',
    app_id: text(fields, 'app_id') ?? '',
    conversation_id: text(fields, 'conversation_id') ?? '',
    message_id: text(fields, 'message_id') ?? '',
    rating: text(fields, 'rating') ?? '',
    content: filled(fields, 'content'),
    from_source: text(fields, 'from_source') ?? '',
    from_end_user_id: filled(fields, 'from_end_user_id'),
    from_account_id: filled(fields, 'from_account_id'),
    created_at: text(fields, 'created_at') ?? '',
    updated_at: text(fields, 'updated_at') ?? '',
  };
}
