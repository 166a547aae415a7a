import { commands, window, type Disposable } from 'vscode';
import { canChat, type App } from '../app.ts';
import type { AppDetails } from '../appDetails.ts';
import type { RowPorts } from '../appRows.ts';
import type { Apps } from '../apps.ts';
import { chooseApp } from '../chooseApp.ts';
import type { Register } from '../commands.ts';
import type { Health } from '../health.ts';
import type { Keys } from '../keys.ts';
import { t } from '../words.ts';
import type { Chat } from './chat.ts';
import { ChatView } from './chatView.ts';

interface ChatCommandPorts extends RowPorts {
  readonly chat: Chat;
  readonly view: ChatView;
  readonly apps: Apps;
  readonly keys: Keys;
  readonly details: AppDetails;
  readonly health: Health;
  readonly connect: () => Promise<App | undefined>;
}

/** Registers the chat's view and commands. */
export function registerChat(register: Register, ports: ChatCommandPorts): readonly Disposable[] {
  const { chat, view, apps, keys, details, health } = ports;
  return [
    window.registerWebviewViewProvider(ChatView.id, view),
    apps.onDidChange(() => chat.reopen()),
    keys.onDidChange(() => chat.reopen()),
    details.onDidChange((app) => chat.redraw(app)),
    health.onDidChange((id) => chat.redraw({ id })),
    register('difyCompanion.chat.newConversation', () => chat.newConversation()),
    register('difyCompanion.chat.stop', () => chat.stop()),
    register('difyCompanion.chat.show', () => commands.executeCommand(`${ChatView.id}.focus`)),
    register('difyCompanion.settings.show', () =>
      commands.executeCommand('workbench.action.openSettings', '@ext:dify-companion.dify-companion'),
    ),
    register('difyCompanion.chat.switchApp', () => switchApp(ports)),
  ];
}

async function switchApp(ports: ChatCommandPorts): Promise<void> {
  const { apps } = ports;
  const current = apps.chatApp();
  const offer = {
    title: t('Switch App'),
    placeholder: t('Which app answers in this workspace?'),
    apps: apps.list().filter(canChat),
    current,
  };
  const app = await chooseApp(offer, ports);
  if (app !== undefined && canChat(app)) await apps.chooseChatApp(app);
}
