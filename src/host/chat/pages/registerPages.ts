import { commands, window, type Disposable } from 'vscode';
import type { PageCommand } from '../../../conversation/protocol.ts';
import type { Register } from '../../commands.ts';
import type { ChatPages } from './chatPages.ts';
import type { ChatPanel } from './chatPanel.ts';
import { chatPanelId } from './panelId.ts';
import { changeFontSize } from '../settingsPart.ts';

/**
 * What the page does: in the page that the person works in, else in the view, which is shown for it. VS Code itself has a command
 * `difyCompanion.chat.focus`, which gives the view the focus: no other may have that name.
 */
const pageCommands: Readonly<Record<string, PageCommand>> = {
  'difyCompanion.chat.find': 'find',
  'difyCompanion.chat.conversations': 'conversations',
  'difyCompanion.chat.variables': 'variables',
  'difyCompanion.chat.editInputs': 'editInputs',
  'difyCompanion.chat.previousMessage': 'previousMessage',
  'difyCompanion.chat.nextMessage': 'nextMessage',
  'difyCompanion.chat.copyLastAnswer': 'copyLastAnswer',
  'difyCompanion.chat.insertLastCode': 'insertLastCode',
  'difyCompanion.chat.pastePicture': 'pastePicture',
};

const fontSizes: Readonly<Record<string, -1 | 0 | 1>> = {
  'difyCompanion.chat.increaseFontSize': 1,
  'difyCompanion.chat.decreaseFontSize': -1,
  'difyCompanion.chat.resetFontSize': 0,
};

/** What commands and tabs need of the chat's pages. */
interface Pages {
  readonly pages: Pick<ChatPages, 'command'>;
  readonly panel: Pick<ChatPanel, 'show' | 'deserializeWebviewPanel'>;
}

/** Registers the editor tab of the chat, and the commands that its pages do. @param load loads the chat, if it is not there yet */
export function registerPages(register: Register, load: () => Promise<Pages>, viewId: string): readonly Disposable[] {
  const show = async (): Promise<void> => {
    await commands.executeCommand(`${viewId}.focus`);
  };
  return [
    window.registerWebviewPanelSerializer(chatPanelId, {
      deserializeWebviewPanel: async (panel) => (await load()).panel.deserializeWebviewPanel(panel),
    }),
    register('difyCompanion.chat.openInEditor', async () => (await load()).panel.show()),
    ...Object.entries(pageCommands).map(([id, command]) =>
      register(id, async () => (await load()).pages.command(command, show)),
    ),
    ...Object.entries(fontSizes).map(([id, step]) => register(id, () => changeFontSize(step))),
  ];
}
