import type { FormValues } from '../../../conversation/inputForm.ts';
import type { AppDetails } from '../../appDetails.ts';
import type { Clients } from '../../clients.ts';
import { droppedFiles, openFiles } from '../../files/localFiles.ts';
import { uploadsTo } from '../../files/uploads.ts';
import { FormPart } from './formPart.ts';
import type { FormPorts } from './formPorts.ts';

interface Ports {
  readonly talk: FormPorts['talk'] & {
    typedIn(appId: string, key: string): { readonly form: FormValues } | undefined;
    keepTyped(appId: string, key: string, typed: { readonly form: FormValues }): void;
  };
  readonly details: AppDetails;
  readonly clients: Clients;
}

/** The form of the chat, with the files of VS Code; what is typed is kept with all that is typed in the conversation. */
export function formInVscode({ talk, details, clients }: Ports): FormPart {
  return new FormPart({
    talk,
    details,
    drafts: {
      of: (appId, key) => talk.typedIn(appId, key)?.form ?? {},
      keep: (appId, key, form) => talk.keepTyped(appId, key, { form }),
    },
    choose: openFiles,
    dropped: droppedFiles,
    uploads: (app) => {
      const limits = details.knownParameters(app)?.systemParameters;
      return limits && uploadsTo(clients.of(app), limits);
    },
  });
}
