import { env, window, workspace } from 'vscode';
import type { Message } from '../../../conversation/conversation.ts';
import { withoutThinking } from '../../../conversation/thinking.ts';
import type { Clients } from '../../clients.ts';
import type { Acts } from '../part.ts';
import type { Talk } from '../talk.ts';
import type { Ratings } from './ratings.ts';
import type { Speaking } from './speaking.ts';
import { openValue } from './stepValues.ts';

interface TurnActPorts {
  readonly talk: Talk;
  readonly clients: Pick<Clients, 'of'>;
  readonly ratings: Ratings;
  readonly speaking: Speaking;
}

/** What a person does with a question and its answer, beyond asking. */
export function turnActs({
  talk,
  clients,
  ratings,
  speaking,
}: TurnActPorts): Pick<
  Acts,
  'rate' | 'openAnswer' | 'openValue' | 'copyMessageId' | 'speak' | 'stopSpeech' | 'retryNow'
> {
  const message = (key: string): Message | undefined => talk.conversation?.messages.find((one) => one.key === key);
  return {
    rate: (pressed) => ratings.rate(pressed),
    openValue: (wanted) => openValue(message(wanted.key), wanted),
    openAnswer: ({ key }) => openAnswer(message(key)),
    copyMessageId: ({ key }) => env.clipboard.writeText(message(key)?.run.messageId ?? ''),
    speak: ({ key }) => speaking.speak(key),
    stopSpeech: () => speaking.stop(),
    retryNow: () => talk.app !== undefined && clients.of(talk.app).hurry(),
  };
}

/** The answer as a Markdown document of its own, which the person may change and save. */
async function openAnswer(message: Message | undefined): Promise<void> {
  if (message === undefined) return;
  const content = `${withoutThinking(message.run.text).trim()}\n`;
  await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content }));
}
