import type { Repair } from '../../conversation/failure.ts';
import type { RestPorts } from '../../conversation/rest.ts';
import type { App } from '../app.ts';
import type { AppDetails } from '../appDetails.ts';
import type { Apps } from '../apps.ts';
import type { Clients } from '../clients.ts';
import type { ConversationFiles } from '../conversationFiles.ts';
import type { Log } from '../log.ts';
import type { ReadHealth } from './notices.ts';

/** What the chat needs. */
export interface ChatPorts {
  readonly apps: Apps;
  readonly clients: Clients;
  readonly details: AppDetails;
  readonly files: Pick<
    ConversationFiles,
    'read' | 'byId' | 'typed' | 'journal' | 'update' | 'current' | 'keepCurrent' | 'onDidChange'
  >;
  readonly log: Log;
  readonly health: ReadHealth;
  /** Does with the person what the remedy says; `undefined` if they give up. */
  readonly repair: (app: App, remedy: Repair) => Promise<App | undefined>;
  /** Whether servers may be asked before the person does anything: not in a workspace that they do not trust. */
  readonly readsUnasked: () => boolean;
  /** As in `RestPorts`; by default it takes its time. */
  readonly sleep?: RestPorts['sleep'] | undefined;
  /** Tells the person something that they should know and need not do anything about. */
  readonly say: (sentence: string) => unknown;
}
