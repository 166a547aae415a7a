import { seconds } from '../clock.ts';
import { conversationsOf } from './conversations.ts';
import { appUnavailable, invalidParam, notFound } from '../http/errors.ts';
import { restResponse } from '../http/responses.ts';
import { checkedQuery } from '../http/paging.ts';
import type { Call, Route } from '../routes.ts';
import { isString, oneOf, optional, validate, wholeNumber } from '../http/schema.ts';
import type { Feedback, Message } from './store.ts';

export const feedbackRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/messages/<uuid:message_id>/feedbacks',
    user: 'bodyRequired',
    wrongMode: appUnavailable,
    answer: rateMessage,
  },
  { method: 'GET', path: '/v1/app/feedbacks', user: 'none', wrongMode: appUnavailable, answer: listFeedbacks },
];

/** The user's own message; also one that is still being written, or whose conversation is gone. */
export function messageOf(call: Call): Message {
  const message = conversationsOf(call).message(call.parameters[0] ?? '');
  if (message?.user !== call.user) throw notFound('Message Not Exists.');
  return message;
}

/** A new rating takes the place of the old one with its words; null takes it back. */
function rateMessage(call: Call): Response {
  const { body, server } = call;
  validate(feedbackPayload, body, server.generation.pydantic);
  const message = messageOf(call);
  const { content, rating } = body;
  const now = seconds(server.clock.now());
  if (rating === 'like' || rating === 'dislike') {
    message.feedback = {
      id: message.feedback?.id ?? server.uuid(),
      rating,
      content: typeof content === 'string' ? content : null,
      createdAt: message.feedback?.createdAt ?? now,
      updatedAt: now,
    };
  } else if (message.feedback === undefined) {
    throw invalidParam('rating cannot be None when feedback not exists');
  } else message.feedback = undefined;
  return restResponse({ result: 'success' });
}

/** Of all users, the newest first. */
function listFeedbacks(call: Call): Response {
  const query = checkedQuery(call, 'FeedbackListQuery', [
    { name: 'page', check: wholeNumber(1, Infinity) },
    { name: 'limit', check: wholeNumber(1, 101) },
  ]);
  const page = Number(query.get('page') ?? 1);
  const limit = Number(query.get('limit') ?? 20);
  const rows = conversationsOf(call)
    .messages()
    .flatMap((message) => (message.feedback === undefined ? [] : [{ message, feedback: message.feedback }]))
    .toSorted((one, other) => other.feedback.createdAt - one.feedback.createdAt)
    .slice((page - 1) * limit, page * limit);
  return restResponse({ data: rows.map(({ feedback, message }) => item(call, message, feedback)) });
}

function item({ app, server }: Call, message: Message, feedback: Feedback): object {
  return {
    id: feedback.id,
    app_id: server.ids.of('app', app.key),
    conversation_id: message.conversationId,
    message_id: message.id,
    rating: feedback.rating,
    content: feedback.content,
    from_source: 'user',
    from_end_user_id: server.endUsers.of(app, message.user, server.clock.now()).id,
    from_account_id: null,
    created_at: isoTime(feedback.createdAt),
    updated_at: isoTime(feedback.updatedAt),
  };
}

/** Like `2026-11-22T10:46:02`, in UTC. */
export function isoTime(wholeSeconds: number): string {
  return new Date(wholeSeconds * 1000).toISOString().slice(0, 19);
}

const feedbackPayload = {
  name: 'MessageFeedbackPayload',
  fields: [
    { name: 'rating', check: optional(oneOf('like', 'dislike')) },
    { name: 'content', check: optional(isString) },
  ],
};
