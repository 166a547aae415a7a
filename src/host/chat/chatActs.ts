import type { Asking } from './asking.ts';
import type { Chat } from './chat.ts';
import type { Acts } from './part.ts';

type ChatActs = Pick<
  Acts,
  | 'hideNotice'
  | 'showNotice'
  | 'send'
  | 'draft'
  | 'stop'
  | 'newConversation'
  | 'queue'
  | 'resumeQueue'
  | 'askAgain'
  | 'editQuestion'
  | 'fork'
  | 'remedy'
>;

/** What the chat itself does for its pages. */
export function chatActs(chat: Chat, asking: Asking): ChatActs {
  return {
    hideNotice: ({ kind }) => chat.showNotice(kind, false),
    showNotice: ({ kind }) => chat.showNotice(kind, true),
    send: ({ query, key }) => chat.send(query, key),
    draft: ({ text, key }) => chat.draft(text, key),
    stop: () => chat.shown?.stop(),
    newConversation: () => chat.newConversation(),
    queue: ({ what, key }) => {
      const { shown } = chat;
      if (what === 'edit') return shown?.editQueued(key);
      if (what === 'sendNow') return shown?.sendNow(key);
      return shown?.changeQueue(key, what);
    },
    resumeQueue: () => chat.shown?.resumeQueue(),
    askAgain: ({ key }) => asking.askAgain(key),
    editQuestion: ({ key, query, how }) => asking.editQuestion(key, query, how),
    fork: ({ key }) => asking.fork(key),
    remedy: ({ key, remedy }) => asking.remedy(key, remedy),
  };
}
