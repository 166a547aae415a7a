import { describe } from '../../../conversation/failure.ts';
import type { Message } from '../../../conversation/conversation.ts';
import type { Rating } from '../../../dify/feedback.ts';
import { DifyError } from '../../../dify/errors.ts';
import type { App } from '../../app.ts';
import type { Log } from '../../log.ts';
import type { Rate } from '../../rate.ts';
import { sentenceOf } from '../../sentence.ts';
import { t, wordsFor } from '../../words.ts';
import type { Talk } from '../talk.ts';

export interface RatingPorts {
  readonly talk: Talk;
  readonly rate: Rate;
  readonly log: Log;
  /** Says a sentence to the person. */
  readonly tell: (sentence: string) => unknown;
}

interface Pressed {
  readonly key: string;
  /** '' takes the rating back. */
  readonly rating: Rating | '';
  readonly comment: string;
}

/** What the person thinks of answers: seen at once, told to Dify in the order pressed, put back where Dify does not take it. */
export class Ratings {
  readonly #ports: RatingPorts;
  #telling: Promise<void> = Promise.resolve();

  constructor(ports: RatingPorts) {
    this.#ports = ports;
  }

  /** Resolves when Dify has answered. */
  async rate(pressed: Pressed): Promise<void> {
    const { talk } = this.#ports;
    const { app, conversation } = talk;
    const message = conversation?.messages.find(({ key }) => key === pressed.key);
    if (app === undefined || conversation === undefined || message === undefined) return;
    const rating = pressed.rating === '' ? undefined : pressed.rating;
    const show = async (shown: Rating | undefined): Promise<void> => {
      await talk.apply(app.id, conversation.key, { type: 'rated', key: message.key, rating: shown });
    };
    const before = message.rating;
    if (rating !== before) await show(rating);
    const telling = this.#telling.then(async () => {
      const isTold = await this.#tell(app, message, rating, pressed.comment);
      if (!isTold && this.#isStill(message.key, rating)) await show(before);
    });
    this.#telling = telling.catch(() => {});
    await telling;
  }

  async #tell(app: App, { run }: Message, rating: Rating | undefined, comment: string): Promise<boolean> {
    const { log, rate, tell } = this.#ports;
    if (run.messageId === undefined) return false;
    try {
      await rate(app, run.messageId, rating, comment);
      return true;
    } catch (error) {
      // Nothing to take back is as good as taken back.
      if (rating === undefined && error instanceof DifyError && error.kind === 'rejected') return true;
      log.warn('Rating an answer', error);
      void tell(`${t('The rating was not saved.')} ${sentenceOf(describe(error, wordsFor(app)))}`);
      return false;
    }
  }

  /** Whether nothing else was pressed meanwhile. */
  #isStill(key: string, rating: Rating | undefined): boolean {
    const { conversation } = this.#ports.talk;
    const message = conversation?.messages.find((one) => one.key === key);
    return message === undefined || message.rating === rating;
  }
}
