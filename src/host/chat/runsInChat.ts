import { newConversation } from '../../conversation/conversation.ts';
import type { Apps } from '../apps.ts';
import type { ChatRun, ChatRuns } from '../chatRuns.ts';
import type { Asking } from './asking.ts';
import type { Chat } from './chat.ts';

interface RunsInChatPorts {
  readonly chat: Chat;
  readonly asking: Pick<Asking, 'askAgain' | 'remedy'>;
  readonly apps: Apps;
  /** Brings a page of the chat to the front. */
  readonly show: () => Promise<void>;
}

/** Answers of the chat as the view of all runs works with them: each is shown before anything is done with it. */
export function runsInChat({ chat, asking, apps, show }: RunsInChatPorts): ChatRuns {
  const open = async ({ appId, conversation, message }: ChatRun): Promise<boolean> => {
    const app = apps.find(appId);
    if (app === undefined) return false;
    await chat.openConversation(app, { ...newConversation(), key: conversation });
    await show();
    chat.tell({ type: 'reveal', key: message });
    return chat.conversation?.key === conversation;
  };
  return {
    open: async (run) => void (await open(run)),
    stop: ({ appId, conversation: key }) =>
      chat.all.find((one) => one.appId === appId && one.conversation.key === key)?.stop(),
    again: async (run) => {
      if (await open(run)) await asking.askAgain(run.message);
    },
    fetchRest: async (run) => {
      if (await open(run)) await asking.remedy(run.message, 'fetchRest');
    },
  };
}
