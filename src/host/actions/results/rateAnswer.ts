import { window } from 'vscode';
import type { Rating } from '../../../dify/feedback.ts';
import type { App } from '../../app.ts';
import { t } from '../../words.ts';
import type { ResultPorts } from './ports.ts';
import { isRateable } from './resultWords.ts';
import type { ShownResult } from './shownResult.ts';

/**
 * Tells Dify what the person thinks of the shown answer; the same thumb again takes it back. A bad answer counts at once, and may then be
 * commented.
 *
 * @throws {DifyError}
 */
export async function rateAnswer(
  shown: ShownResult,
  app: App,
  pressed: Rating,
  { rate }: Pick<ResultPorts, 'rate'>,
): Promise<void> {
  const { answer } = shown;
  const parts = answer.parts.filter(isRateable);
  const isTakenBack = parts.some(({ rating }) => rating === pressed);
  const rating = isTakenBack ? undefined : pressed;
  const send = async (comment: string): Promise<void> => {
    for (const { run } of parts) if (run.messageId !== undefined) await rate(app, run.messageId, rating, comment);
  };
  await send('');
  shown.rated(rating);
  if (rating !== 'dislike') return;
  const prompt = t("What was wrong? (optional, goes to the app's owner)");
  const comment = (await window.showInputBox({ title: t('Bad answer'), prompt }))?.trim() ?? '';
  if (comment !== '') await send(comment);
}
