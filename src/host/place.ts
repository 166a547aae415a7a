import { env, ExtensionKind, UIKind, type Extension } from 'vscode';
import type { Place } from './remote.ts';

/** Where this extension runs. */
export function placeOf({ extensionKind }: Extension<unknown>): Place {
  return {
    remoteName: env.remoteName,
    runsThere: extensionKind === ExtensionKind.Workspace,
    inBrowser: env.uiKind === UIKind.Web,
  };
}
