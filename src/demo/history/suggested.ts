import { type App, latestParameters } from '../apps.ts';
import { conversationsOf } from './conversations.ts';
import { badRequest } from '../http/errors.ts';
import { messageOf } from './feedbacks.ts';
import { restResponse } from '../http/responses.ts';
import type { Call } from '../routes.ts';
import type { Exchange } from '../turns/textSource.ts';

/** `GET /messages/{id}/suggested`: what to ask next, by the whole conversation, whichever message is named. */
export function suggestQuestions(call: Call): Response {
  const { app } = call;
  const message = messageOf(call);
  if (!latestParameters(app).suggested_questions_after_answer.enabled)
    throw badRequest('Suggested Questions Is Disabled.');
  const conversation = conversationsOf(call).find(message.conversationId, call.user);
  return restResponse({ result: 'success', data: suggestions(app, conversation?.messages ?? [message]) });
}

/** A model that fails has no suggestions, and nobody is told. */
function suggestions({ suggest }: App, history: readonly Exchange[]): readonly string[] {
  try {
    return suggest?.(history) ?? [];
  } catch {
    return [];
  }
}
