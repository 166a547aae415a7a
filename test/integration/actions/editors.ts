import * as vscode from 'vscode';

/** Waits until it is so, looking again and again: VS Code has no event for everything. */
export async function until(isSo: () => boolean, milliseconds = 10_000): Promise<void> {
  for (const end = Date.now() + milliseconds; !isSo();) {
    if (Date.now() > end) throw new Error('It did not become so in time.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Closes all editors, and asks nobody about what was not saved. */
export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  const shown = vscode.window.visibleTextEditors.map(({ document }) => document);
  while (vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0)) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await until(() => vscode.window.visibleTextEditors.length === 0);
  // The next one may get the name of one that has none on disk, and would be taken for it as long as that is known.
  await until(() => shown.every(({ isUntitled, isClosed }) => !isUntitled || isClosed));
}
