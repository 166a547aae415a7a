import { EventEmitter } from 'vscode';
import type { Conversation } from '../../src/conversation/conversation.ts';
import type { ChatPorts } from '../../src/host/chat/chatPorts.ts';
import type { Kept, Typed } from '../../src/host/conversationFiles.ts';

/** Conversations as a workspace keeps them: windows that are given the same one are windows of one workspace. Nothing lags behind. */
export class KeptInMemory {
  readonly conversations = new Map<string, Kept>();
  readonly typed = new Map<string, Typed>();
  readonly current = new Map<string, string>();
  readonly #written = new EventEmitter<{ readonly appId: string; readonly key: string; readonly by: object }>();

  /** As one window sees it. */
  window(): ChatPorts['files'] {
    const by = {};
    return {
      read: (appId, key) => Promise.resolve(this.conversations.get(`${appId} ${key}`)),
      byId: (appId, id) => {
        const all = [...this.conversations].filter(([name]) => name.startsWith(`${appId} `));
        return Promise.resolve(all.find(([, { conversation }]) => conversation.id === id)?.[1]);
      },
      typed: (appId, key) => Promise.resolve(this.typed.get(`${appId} ${key}`)),
      journal: (appId, { key }) => {
        let forgotten = false;
        return {
          note: (_, after) => {
            if (!forgotten) this.#write(appId, after, by);
          },
          typed: (typed) => {
            if (!forgotten) this.typed.set(`${appId} ${key}`, typed);
          },
          flush: () => Promise.resolve(),
          forget: () => {
            forgotten = true;
          },
        };
      },
      update: (appId, key, change) => {
        const kept = this.conversations.get(`${appId} ${key}`);
        if (kept !== undefined) this.conversations.set(`${appId} ${key}`, change(kept));
        return Promise.resolve();
      },
      current: (appId) => Promise.resolve(this.current.get(appId)),
      keepCurrent: (appId, key) => {
        this.current.set(appId, key);
        return Promise.resolve();
      },
      onDidChange: (listener) =>
        this.#written.event(({ appId, key, by: writer }) => {
          if (writer !== by) listener({ appId, key });
        }),
    };
  }

  #write(appId: string, conversation: Conversation, by: object): void {
    this.conversations.set(`${appId} ${conversation.key}`, { conversation, pinned: false, changedAt: Date.now() });
    this.#written.fire({ appId, key: conversation.key, by });
  }
}
