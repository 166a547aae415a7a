import { formatPrice, formatSeconds } from '../../../conversation/format.ts';
import { currentStep, treeOf } from '../../../conversation/nodeTree.ts';
import { isAnswered, type Answer, type AnswerPart, type Result } from '../../../conversation/result.ts';
import { isEnded, type Run, type Usage } from '../../../conversation/run.ts';
import { withoutThinking, withoutTornTag } from '../../../conversation/thinking.ts';
import { sentenceOf } from '../../sentence.ts';
import { t } from '../../words.ts';

/** Between the answers to several selections. Without the blank lines it would make a heading of the line above it. */
const separator = '\n\n---\n\n';

/** The answer as Markdown, without what the model thought. */
export function markdownOf({ parts }: Answer): string {
  return parts
    .map(({ run }) => withoutThinking(isEnded(run) ? run.text : withoutTornTag(run.text)))
    .filter((text) => text !== '')
    .join(separator);
}

/** The document: the answer, and once it is there two empty lines, for what can be done with it and for what it cost. */
export function documentOf(answer: Answer): string {
  const text = markdownOf(answer);
  return isAnswered(answer) && text !== '' ? `${text}\n\n` : text;
}

/** What was done to what: action, app, place. */
export function aboutOf({ recipe, app, source }: Result): string {
  return [recipe.title, app.name, source.place].join(' · ');
}

/** How far the answer is, with how long it took so far. @param now milliseconds since 1970 */
export function stateOf(answer: Answer, now: number, language: string): string {
  const { parts, askedAt } = answer;
  if (!isAnswered(answer)) return runningState(answer, Math.max(0, Math.floor((now - askedAt) / 1000)), language);
  const worst = parts.toSorted((a, b) => gravity(b.run) - gravity(a.run))[0];
  if (worst === undefined) return t('done');
  const state = endOf(worst.run, language);
  const whole = parts.filter(({ run }) => run.status.type === 'done').length;
  return parts.length === 1 || whole === parts.length ? state : `${countOf(whole, parts.length)} · ${state}`;
}

function runningState({ parts }: Answer, seconds: number, language: string): string {
  const resend = parts.map(({ run }) => resendOf(run)).find((found) => found !== undefined);
  if (resend !== undefined) {
    const n = Math.ceil(resend.seconds);
    return t('{reason} Trying again in {n} s.', { reason: resend.failure.fact, n });
  }
  if (parts.some(isLost)) return t('Connection lost. Reading on…');
  const step = parts.length === 1 ? stepOf(parts[0]?.run) : '';
  const answering = `${t('answering')}, ${step}${formatSeconds(seconds, language)}`;
  const ended = parts.filter(({ run }) => isEnded(run)).length;
  return parts.length === 1 ? answering : `${countOf(ended, parts.length)} · ${answering}`;
}

/** Which step of a workflow it is at. */
function stepOf(run: Run | undefined): string {
  if (run === undefined || run.nodes.length === 0) return '';
  return `${t('step {n}', { n: currentStep(treeOf(run.nodes).top).n })}, `;
}

function isLost({ run: { status } }: AnswerPart): boolean {
  return status.type === 'waiting' && status.lost !== undefined;
}

function resendOf({ status }: Run) {
  return status.type === 'waiting' ? status.resend : undefined;
}

function countOf(n: number, all: number): string {
  return t('{n} of {all}', { n, all });
}

function gravity({ status }: Run): number {
  return ['done', 'stopped', 'paused', 'incomplete', 'failed'].indexOf(status.type);
}

function endOf({ status, usage }: Run, language: string): string {
  switch (status.type) {
    case 'waiting':
    case 'answering':
      return t('answering');
    case 'paused':
      return t('The app waits until its form is answered, in the chat.');
    case 'done':
      return usage?.latency === undefined ? t('done') : `${t('done')}, ${formatSeconds(usage.latency, language)}`;
    case 'stopped':
      return t('stopped');
    case 'incomplete':
    case 'failed':
      return sentenceOf(status.failure);
  }
}

/** What the answer cost, as far as the server says: tokens, time, price with its currency. '' if it says nothing. */
export function usageOf({ parts }: Answer, language: string): string {
  const all = parts.flatMap(({ run }) => (run.usage === undefined ? [] : [run.usage]));
  const tokens = sum(all.map(({ totalTokens }) => totalTokens));
  // Parts run side by side: the slowest of them is how long it took.
  const latency = all.map((usage) => usage.latency ?? 0).reduce((a, b) => Math.max(a, b), 0);
  return [
    tokens === 0 ? undefined : t('{n} tokens', { n: new Intl.NumberFormat(language).format(tokens) }),
    latency === 0 ? undefined : formatSeconds(latency, language),
    priceOf(all, language),
  ]
    .filter((word) => word !== undefined)
    .join(' · ');
}

function priceOf(all: readonly Usage[], language: string): string | undefined {
  const [first] = all;
  const same = all.every(({ currency }) => currency === first?.currency);
  if (first === undefined || !same) return undefined;
  const total = sum(all.map(({ totalPrice }) => Number(totalPrice ?? 0)));
  return formatPrice({ ...first, totalPrice: String(total) }, language);
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((all, value) => all + (value ?? 0), 0);
}

/** Whether Dify can be told what the person thinks of the answer: a workflow has no message. */
export function canRate({ app }: Pick<Result, 'app'>, { parts }: Answer): boolean {
  return app.mode !== 'workflow' && parts.some(isRateable);
}

export function isRateable({ run }: AnswerPart): boolean {
  return run.messageId !== undefined;
}

/** The first words of the answer, for a list. */
export function firstLineOf(answer: Answer | undefined): string {
  const text = answer === undefined ? '' : plainTextOf(markdownOf(answer));
  return (text.split('\n').find((line) => line.trim() !== '') ?? '').slice(0, 200);
}

/** The Markdown as plain text: what marks it up is left out, code stays as it is. */
export function plainTextOf(markdown: string): string {
  let isCode = false;
  const lines = markdown.split('\n').flatMap((line) => {
    if (/^ {0,3}(?:```|~~~)/.test(line)) {
      isCode = !isCode;
      return [];
    }
    return [isCode ? line : plainLine(line)];
  });
  return lines.join('\n');
}

function plainLine(line: string): string {
  return line
    .replace(/^ {0,3}#{1,6}\s+/, '')
    .replace(/^\s*>\s?/, '')
    .replace(/!?\[([^\]]*)\]\([^()\s]*(?:\s"[^"]*")?\)/g, '$1')
    .replace(/(\*\*|__)(?=\S)(.*?\S)\1/g, '$2')
    .replace(/(?<![\w*])\*(?=\S)([^*]*\S)\*(?![\w*])/g, '$1')
    .replace(/`([^`]+)`/g, '$1');
}
