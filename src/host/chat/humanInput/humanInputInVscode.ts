import { workspace } from 'vscode';
import { sleep } from '../../../dify/timing.ts';
import type { AppDetails } from '../../appDetails.ts';
import type { Apps } from '../../apps.ts';
import type { Clients } from '../../clients.ts';
import { droppedFiles, openFiles } from '../../files/localFiles.ts';
import { uploadsTo } from '../../files/uploads.ts';
import type { Log } from '../../log.ts';
import type { Chat } from '../chat.ts';
import { HumanInputPart } from './humanInputPart.ts';

interface Ports {
  readonly chat: Chat;
  readonly apps: Apps;
  readonly details: AppDetails;
  readonly clients: Clients;
  readonly log: Log;
}

/** The forms that runs wait for, with the files of VS Code; what is typed is kept with all that is typed in the conversation. */
export function humanInputInVscode({ chat, apps, details, clients, log }: Ports): HumanInputPart {
  return new HumanInputPart({
    talk: chat,
    appOf: (appId) => apps.find(appId),
    clients,
    details,
    log,
    drafts: {
      of: ({ appId, key }) => chat.typedIn(appId, key)?.humanInput ?? {},
      keep: ({ appId, key }, humanInput) => chat.keepTyped(appId, key, { humanInput }),
    },
    readsUnasked: () => workspace.isTrusted,
    now: () => Date.now(),
    sleep,
    choose: openFiles,
    dropped: droppedFiles,
    uploads: (app) => {
      const limits = details.knownParameters(app)?.systemParameters;
      return limits && uploadsTo(clients.of(app), limits);
    },
  });
}
