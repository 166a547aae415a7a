import type { Conversation, Message } from './conversation.ts';
import type { Translate } from './failure.ts';

/** So much of a conversation goes into another one, in UTF-16 code units. */
const most = 6_000;
/** Of one question or answer of it. */
const mostOfOne = 1_500;

/**
 * What was said, as the beginning of a question in a new conversation: the app knows nothing of the old one. The newest turns, with a
 * mark wherever something is left out; '' if there is none.
 */
export function transcriptOf({ messages }: Pick<Conversation, 'messages'>, t: Translate): string {
  const turns: string[] = [];
  let left = most;
  for (const message of messages.toReversed()) {
    const turn = turnOf(message, t);
    left -= turn.length;
    if (left < 0 && turns.length > 0) break;
    turns.unshift(turn);
  }
  if (turns.length === 0) return '';
  const missing = messages.length - turns.length;
  const heading = t('From an earlier conversation, which you do not know:');
  const cut = missing === 0 ? [] : [t('[{n} earlier turns are left out]', { n: missing })];
  return [heading, ...cut, ...turns].join('\n\n');
}

function turnOf({ typed, run }: Message, t: Translate): string {
  const question = `${t('Question:')} ${shortened(typed, t)}`;
  return run.text.trim() === '' ? question : `${question}\n\n${t('Answer:')} ${shortened(run.text, t)}`;
}

/** Its beginning and end: what was asked stands at either. */
function shortened(text: string, t: Translate): string {
  const trimmed = text.trim();
  if (trimmed.length <= mostOfOne) return trimmed;
  const half = mostOfOne / 2;
  const [head, tail] = [trimmed.slice(0, half), trimmed.slice(-half)];
  const mark = t('[{n} characters are left out]', { n: trimmed.length - mostOfOne });
  return `${whole(head, 'end')} ${mark} ${whole(tail, 'start')}`;
}

/** No half of a character at the cut. */
function whole(text: string, at: 'start' | 'end'): string {
  return at === 'end' ? text.replace(/[\uD800-\uDBFF]$/, '') : text.replace(/^[\uDC00-\uDFFF]/, '');
}
