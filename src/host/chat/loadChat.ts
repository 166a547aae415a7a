import { commands, window, workspace, type Uri } from 'vscode';
import { newConversation } from '../../conversation/conversation.ts';
import type { EditsOnDemand } from '../edits/editsOnDemand.ts';
import { Asking } from './asking.ts';
import { Attention } from './attention.ts';
import { Chat } from './chat.ts';
import { chatActs } from './chatActs.ts';
import { ChatPages } from './chatPages.ts';
import { ChatPanel } from './chatPanel.ts';
import type { ChatPorts } from './chatPorts.ts';
import { ChatView } from './chatView.ts';
import { codeActs } from './codeActs.ts';
import { reach } from './reach.ts';
import { settingsActs, SettingsPart } from './settingsPart.ts';
import { viewActs, type ViewActsPorts } from './viewActs.ts';
import { chatViewId } from './viewId.ts';
import type { Start } from '../commands.ts';

export interface LoadPorts extends Omit<ChatPorts, 'say' | 'readsUnasked'>, Pick<ViewActsPorts, 'connect'> {
  readonly extensionUri: Uri;
  readonly start: Start;
  readonly edits: EditsOnDemand;
}

/** The chat of this window, its parts and its pages: the entry of a chunk of its own. */
export function loadChat(ports: LoadPorts) {
  const { extensionUri: extension, apps, log, start, edits } = ports;
  const chat = new Chat({ ...ports, say, readsUnasked: () => workspace.isTrusted });
  const asking = new Asking({ ...ports, chat, say });
  chat.add([new SettingsPart()]);
  const acts = [
    chatActs(chat, asking),
    viewActs(chat, {
      ...ports,
      changeAddress: (app) => ports.repair(app, 'editAddress'),
      reach: (app) => reach(app, ports),
      showLog: () => log.show(),
    }),
    settingsActs(),
    codeActs({ edits: () => edits.load() }),
  ];
  const pages = new ChatPages({ extension, source: chat, acts, start });
  const view = new ChatView(pages);
  const attention = new Attention({
    talk: chat,
    pages,
    view,
    start,
    nameOf: (appId) => apps.find(appId)?.name,
    open: async (appId, key) => {
      const app = apps.find(appId);
      if (app !== undefined) await chat.openConversation(app, { ...newConversation(), key });
      await commands.executeCommand(`${chatViewId}.focus`);
    },
  });
  return { chat, asking, pages, view, panel: new ChatPanel(extension, pages), attention };
}

function say(sentence: string): void {
  void window.showInformationMessage(sentence);
}
