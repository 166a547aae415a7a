import { commands, window, type Disposable } from 'vscode';
import { hasPage, type App } from '../app.ts';
import type { AppDetails } from '../appDetails.ts';
import type { RowPorts } from '../appRows.ts';
import type { Apps } from '../apps.ts';
import { chooseApp } from '../chooseApp.ts';
import type { Register } from '../commands.ts';
import type { Health } from '../health.ts';
import type { Keys } from '../keys.ts';
import { t } from '../words.ts';
import { registerAddToChat } from './context/registerAddToChat.ts';
import type { LateChat, LoadedChat } from './lateChat.ts';
import { registerPages } from './pages/registerPages.ts';
import { chatViewId } from './pages/viewId.ts';

interface ChatCommandPorts extends RowPorts {
  readonly chat: LateChat<LoadedChat>;
  readonly apps: Apps;
  readonly keys: Keys;
  readonly details: AppDetails;
  readonly health: Health;
  readonly connect: () => Promise<App | undefined>;
}

/** What is done with the shown conversation, or with all. */
const listCommands = ['rename', 'export', 'exportAll'] as const;

/** Registers the chat's view and commands. */
export function registerChat(register: Register, ports: ChatCommandPorts): readonly Disposable[] {
  const { chat, apps, keys, details, health } = ports;
  return [
    window.registerWebviewViewProvider(chatViewId, chat),
    chat,
    ...registerPages(register, () => chat.get(), chatViewId),
    ...registerAddToChat(register, async () => (await chat.get()).adding),
    register('difyCompanion.chat.attachFiles', () => inPage(chat, ({ uploads }) => uploads.choose())),
    register('difyCompanion.chat.transcribe', () => inPage(chat, ({ uploads }) => uploads.transcribe())),
    ...listCommands.map((name) =>
      register(`difyCompanion.chat.${name}`, async () => (await chat.get()).list.commands[name]()),
    ),
    register('difyCompanion.chat.delete', () => inPage(chat, ({ list }) => list.commands.delete())),
    register('difyCompanion.chat.newConversation', () => inPage(chat, (loaded) => loaded.chat.newConversation())),
    apps.onDidChange(() => chat.tell((loaded) => loaded.reopen())),
    keys.onDidChange(() => chat.tell((loaded) => loaded.reopen())),
    details.onDidChange((app) => chat.tell((loaded) => loaded.redraw(app))),
    health.onDidChange((id) => chat.tell((loaded) => loaded.redraw({ id }))),
    register('difyCompanion.chat.stop', () => chat.tell((loaded) => loaded.shown?.stop())),
    register('difyCompanion.chat.show', () => commands.executeCommand(`${chatViewId}.focus`)),
    register('difyCompanion.settings.show', () =>
      commands.executeCommand('workbench.action.openSettings', '@ext:dify-companion.dify-companion'),
    ),
    register('difyCompanion.chat.switchApp', () => switchApp(ports)),
  ];
}

/** What goes on in the page: in its text, or where a deletion is taken back. */
async function inPage(chat: LateChat<LoadedChat>, act: (loaded: LoadedChat) => Promise<void>): Promise<void> {
  const loaded = await chat.get();
  await act(loaded);
  await loaded.pages.command('focus', () => commands.executeCommand(`${chatViewId}.focus`));
}

async function switchApp(ports: ChatCommandPorts): Promise<void> {
  const { apps } = ports;
  const current = apps.chatApp();
  const offer = {
    title: t('Switch App'),
    placeholder: t('Which app answers in this workspace?'),
    apps: apps.list().filter(hasPage),
    current,
  };
  const app = await chooseApp(offer, ports);
  if (app !== undefined && hasPage(app)) await apps.chooseChatApp(app);
}
