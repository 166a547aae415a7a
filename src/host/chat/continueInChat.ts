import { newConversation, type Conversation } from '../../conversation/conversation.ts';
import type { Answered } from '../activity.ts';
import { canChat, hasPage, type App } from '../app.ts';
import type { Apps } from '../apps.ts';
import { t } from '../words.ts';
import type { Chat } from './chat.ts';
import { talkApp } from './talkApp.ts';

interface ContinuePorts {
  readonly chat: Pick<Chat, 'openConversation' | 'addToDraft'>;
  readonly apps: Pick<Apps, 'chatApp' | 'find' | 'list' | 'chooseChatApp'>;
  readonly connect: () => Promise<App | undefined>;
  /** Brings a page of the chat to the front. */
  readonly show: () => Promise<void>;
  /** Tells the person something that needs no answer. */
  readonly say: (sentence: string) => unknown;
}

/** So many characters of an answer are put into the composer. */
const most = 20_000;

/** Goes on in the answer's own conversation; without one the answer is put into the composer, where the person sees and sends it. */
export async function continueInChat(answered: Answered, ports: ContinuePorts): Promise<void> {
  const { chat, apps, connect, show, say } = ports;
  const app = apps.find(answered.app.id);
  const conversation = app && conversationOf(answered, app);
  if (app !== undefined && conversation !== undefined) {
    await chat.openConversation(app, conversation);
  } else {
    const talking = (await talkApp(apps)) ?? (await connect());
    if (talking === undefined || !canChat(talking)) return;
    if (answered.text.length > most) {
      say(t('The answer is long: the first {n} characters of it are in the composer.', { n: most }));
    }
    await chat.addToDraft(quoted(answered));
  }
  await show();
}

/** The one that the answer is in; `undefined` where there is none. */
function conversationOf({ conversationId: id, waiting }: Answered, app: App): Conversation | undefined {
  if (waiting !== undefined && hasPage(app)) {
    // Whom one talks with is given its inputs once; what is run has them with each run.
    const message = canChat(app) ? { ...waiting, inputs: undefined } : waiting;
    // Of a workflow nothing but this knows: the same run is the same conversation.
    return { ...newConversation(), key: waiting.key, id, inputs: waiting.inputs, messages: [message] };
  }
  return id !== undefined && canChat(app) ? { ...newConversation(), id } : undefined;
}

function quoted({ about, text }: Answered): string {
  const lines = text.slice(0, most).trim().split('\n');
  return `${about}\n\n${lines.map((line) => `> ${line}`).join('\n')}\n\n`;
}
