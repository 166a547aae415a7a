import { env, window, workspace } from 'vscode';
import type { Message } from '../../../conversation/conversation.ts';
import { answerOf } from '../../../conversation/outputs.ts';
import { withoutThinking } from '../../../conversation/thinking.ts';
import type { Clients } from '../../clients.ts';
import type { Acts } from '../part.ts';
import type { Talk } from '../talk.ts';
import { openReadOnly } from '../../readOnlyText.ts';
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
    openValue: (wanted) => openValue(message(wanted.key), wanted, { copy, open: showValue, tell }),
    openAnswer: ({ key }) => openAnswer(message(key)),
    copyMessageId: ({ key }) => copy(message(key)?.run.messageId ?? ''),
    speak: ({ key }) => speaking.speak(key),
    stopSpeech: () => speaking.stop(),
    retryNow: () => talk.app !== undefined && clients.of(talk.app).hurry(),
  };
}

/** The answer as a Markdown document of its own, which the person may change and save. */
async function openAnswer(message: Message | undefined): Promise<void> {
  if (message === undefined) return;
  await open(`${withoutThinking(answerOf(message.run)).trim()}\n`, 'markdown');
}

async function open(content: string, language: string): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ language, content }));
}

async function showValue(text: string, language: string): Promise<void> {
  await openReadOnly(language === 'json' ? 'step.json' : 'step.txt', text);
}

function copy(text: string): Thenable<void> {
  return env.clipboard.writeText(text);
}

function tell(sentence: string): void {
  void window.showInformationMessage(sentence);
}
