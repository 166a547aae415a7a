import { window, workspace } from 'vscode';
import type { AttentionWindow } from './attention.ts';

/** VS Code's window. */
export const attentionWindow: AttentionWindow = {
  hasFocus: () => window.state.focused,
  onDidChangeFocus: (...listening) => window.onDidChangeWindowState(...listening),
  isWanted: () => workspace.getConfiguration('difyCompanion.chat').get('notify', true),
  notify: async (sentence, button) => (await window.showInformationMessage(sentence, button)) === button,
};
