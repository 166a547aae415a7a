import type { Disposable, Event } from 'vscode';
import type { Conversation } from '../../../conversation/conversation.ts';
import type { KeptConversation } from '../../../conversation/conversationRows.ts';
import type { Apps } from '../../apps.ts';
import type { Clients } from '../../clients.ts';
import type { Log } from '../../log.ts';
import type { Talk } from '../talk.ts';

/** Conversations that are kept on this computer, as far as the list needs them. */
export interface KeptConversations {
  list(appId: string): Promise<readonly KeptConversation[]>;
  read(appId: string, key: string): Promise<KeptConversation | undefined>;
  /** Keeps it, together with what there is of it already. */
  write(appId: string, conversation: Conversation): Promise<void>;
  update(appId: string, key: string, change: (kept: KeptConversation) => KeptConversation): Promise<void>;
  remove(appId: string, key: string): Promise<void>;
  /** Another window wrote one, or deleted it. */
  readonly onDidChange: Event<{ readonly appId: string; readonly key: string }>;
}

/** What lists of conversations are made of. */
export interface ListPorts {
  readonly talk: Talk;
  readonly apps: Pick<Apps, 'find'>;
  readonly clients: Pick<Clients, 'of'>;
  readonly kept: KeptConversations;
  readonly log: Log;
  /** Says something to the person outside of the page. */
  readonly say: (sentence: string) => void;
  /** Does the work after so many milliseconds, unless it is disposed of before. */
  readonly later: (work: () => void, ms: number) => Disposable;
}
