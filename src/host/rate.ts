import { rate, revokeRating, type Rating } from '../dify/feedback.ts';
import type { App } from './app.ts';
import type { Clients } from './clients.ts';

/** Tells the app's owner what the person thinks of an answer; `undefined` takes it back. @throws {DifyError} */
export type Rate = (app: App, messageId: string, rating: Rating | undefined, comment: string) => Promise<void>;

/** How long a rating may take, in milliseconds. */
const patience = 60_000;

/** Rates by Dify's API. */
export function rateBy(clients: Pick<Clients, 'of'>): Rate {
  return async (app, messageId, rating, comment) => {
    const signal = AbortSignal.timeout(patience);
    if (rating === undefined) return await revokeRating(clients.of(app), messageId, signal);
    const content = comment === '' ? {} : { content: comment };
    await rate(clients.of(app), { messageId, rating, ...content }, signal);
  };
}
