import type { Conversation, Message } from './conversation.ts';
import { listedAs } from './reduce.ts';
import type { RunEvent } from './run.ts';

/**
 * What happens to a run that waited, from the stream that its form was answered through. That stream begins with the state before the
 * answer, whose pause is none any more; the next pause, for another form, ends it.
 *
 * @param answered the `form_id` of the form
 */
export async function* resumption(
  events: AsyncGenerator<RunEvent, void, void>,
  answered: string | undefined,
): AsyncGenerator<RunEvent, void, void> {
  let waitsFor = new Set<string>();
  for await (const event of events) {
    if (event.type === 'started') waitsFor = new Set();
    if (event.type === 'formOpened') waitsFor.add(event.form.form_id);
    if (event.type === 'paused' && answered !== undefined && waitsFor.has(answered)) continue;
    yield event;
    if (event.type === 'paused') return;
  }
}

/**
 * What became of a run that waited here, from the server's history: for servers that run it and let nobody attach to it. Nothing, if the
 * history does not tell.
 */
export async function* resumedInHistory(
  message: Message,
  history: () => Promise<Conversation>,
): AsyncGenerator<RunEvent, void, void> {
  const found = listedAs(message, await history())?.run;
  if (found === undefined || found.status.type === 'paused' || found.status.type === 'incomplete') return;
  const { messageId, runId, status } = found;
  yield { type: 'resumed' };
  yield { type: 'started', messageId, conversationId: undefined, runId, stoppable: false };
  const text = once(message.run.text, found.text);
  if (text !== '') yield { type: 'textReplaced', text };
  yield status.type === 'failed' ? status : { type: 'answered', usage: undefined };
}

/** Dify 1.14 stores what was said before the pause twice. */
function once(shown: string, stored: string): string {
  const repeats = shown !== '' && stored.startsWith(shown + shown);
  return repeats ? stored.slice(shown.length) : stored || shown;
}
