/**
 * The folder of the workspace, for all of its windows. To a second window of the same workspace, and to one that is reloaded while its
 * extension host before has not ended, VS Code gives another folder, with a number behind the name: what was said would be gone there.
 *
 * @param storage path like `…/workspaceStorage/<workspace>/<extension>`, or `…/<workspace>-1/<extension>`; `<workspace>` is a hexadecimal
 *   number
 */
export function sharedFolder(storage: string): string {
  return storage.replace(/([\\/]-?[\da-f]{6,})-[1-9]([\\/][^\\/]+[\\/]?)$/, '$1$2');
}
