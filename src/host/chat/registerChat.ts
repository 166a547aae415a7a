import { commands, window, type Disposable } from 'vscode';
import { canChat, hostOf } from '../app.ts';
import type { Apps } from '../apps.ts';
import type { Register } from '../commands.ts';
import { t } from '../words.ts';
import type { Chat } from './chat.ts';
import { ChatView } from './chatView.ts';

/** Registers the chat's view and commands. */
export function registerChat(
  register: Register,
  { chat, view, apps, connect }: { chat: Chat; view: ChatView; apps: Apps; connect: () => Promise<unknown> },
): readonly Disposable[] {
  return [
    window.registerWebviewViewProvider(ChatView.id, view),
    apps.onDidChange(() => chat.reopen()),
    register('difyCompanion.chat.newConversation', () => chat.newConversation()),
    register('difyCompanion.chat.stop', () => chat.stop()),
    register('difyCompanion.chat.show', () => commands.executeCommand(`${ChatView.id}.focus`)),
    register('difyCompanion.chat.switchApp', () => switchApp(apps, connect)),
  ];
}

async function switchApp(apps: Apps, connect: () => Promise<unknown>): Promise<void> {
  const current = apps.chatApp();
  const items = apps
    .list()
    .filter(canChat)
    .map((app) => ({
      label: app.name,
      description: hostOf(app),
      detail: app.description,
      picked: app.id === current?.id,
      app,
    }));
  const another = { label: t('Connect Another App…'), description: '', detail: '', picked: false, app: undefined };
  const picked = await window.showQuickPick([...items, another], { title: t('Switch App'), matchOnDescription: true });
  if (picked === undefined) return;
  if (picked.app === undefined) await connect();
  else await apps.chooseChatApp(picked.app);
}
