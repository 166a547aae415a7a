import { commands, window, type Disposable } from 'vscode';
import type { Register } from '../../commands.ts';
import { t } from '../../words.ts';
import type { Acts, ChatPart } from '../part.ts';
import { allConversations } from './allConversations.ts';
import { AppsPart, type AppsPartPorts } from './appsPart.ts';
import { ConversationsPart } from './conversationsPart.ts';
import { exportAll, exportOne } from './exporting.ts';
import type { ListPorts } from './ports.ts';
import { VariablesPart } from './variablesPart.ts';

type ListActs = Pick<
  Acts,
  | 'listConversations'
  | 'moreConversations'
  | 'closeConversations'
  | 'openConversation'
  | 'rename'
  | 'suggestName'
  | 'delete'
  | 'undoDelete'
  | 'pin'
  | 'export'
  | 'chooseApp'
  | 'readVariables'
  | 'closeVariables'
  | 'setVariable'
>;

/** The lists of the chat: its conversations, a conversation's variables, the apps. */
export interface Lists {
  readonly conversations: ConversationsPart;
  readonly parts: readonly (ChatPart & Disposable)[];
  readonly acts: ListActs;
}

export function lists(ports: ListPorts & AppsPartPorts): Lists {
  const conversations = new ConversationsPart(ports);
  const variables = new VariablesPart(ports);
  const apps = new AppsPart(ports);
  const acts: ListActs = {
    listConversations: ({ search, scope }) => conversations.list(search, scope),
    moreConversations: () => conversations.more(),
    closeConversations: () => conversations.close(),
    openConversation: ({ key }) => conversations.open(key),
    rename: ({ key, name }) => conversations.rename(key, name),
    suggestName: ({ key }) => conversations.suggestName(key),
    delete: ({ key }) => conversations.delete(key),
    undoDelete: () => conversations.undoDelete(),
    pin: ({ key, pinned }) => conversations.pin(key, pinned),
    export: ({ key }) => exportByKey(ports, conversations, key),
    chooseApp: ({ id }) => apps.choose(id),
    readVariables: () => variables.read(),
    closeVariables: () => variables.close(),
    setVariable: ({ id, value }) => variables.set(id, value),
  };
  return { conversations, parts: [conversations, variables, apps], acts };
}

/** Registers the commands of the lists. What they act on is the shown conversation. */
export function registerLists(register: Register, ports: ListPorts, { conversations }: Lists): readonly Disposable[] {
  const { talk } = ports;
  const show = async (panel: 'conversations' | 'variables'): Promise<void> => {
    await commands.executeCommand('difyCompanion.chat.show');
    talk.tell({ type: 'command', command: panel });
  };
  return [
    register('difyCompanion.chat.conversations', () => show('conversations')),
    register('difyCompanion.chat.variables', () => show('variables')),
    register('difyCompanion.chat.rename', () => rename(ports, conversations)),
    register('difyCompanion.chat.delete', async () => {
      const { conversation } = talk;
      if (conversation !== undefined && conversation.messages.length > 0) await conversations.delete(conversation.key);
    }),
    register('difyCompanion.chat.export', async () => {
      const { app, conversation } = talk;
      if (app !== undefined && conversation !== undefined) await exportOne(app, conversation);
    }),
    register('difyCompanion.chat.exportAll', async () => {
      const { app } = talk;
      if (app !== undefined) await exportAll(app, () => allConversations(app, ports));
    }),
  ];
}

async function rename({ talk }: ListPorts, conversations: ConversationsPart): Promise<void> {
  const { conversation } = talk;
  if (conversation === undefined || conversation.messages.length === 0) return;
  const { key, name, messages } = conversation;
  const title = t('Rename Conversation');
  const value = name || (messages[0]?.typed ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 255);
  const given = await window.showInputBox({ title, prompt: t('Title of the conversation'), value });
  if (given !== undefined) await conversations.rename(key, given);
}

async function exportByKey({ talk }: ListPorts, conversations: ConversationsPart, key: string): Promise<void> {
  const { app } = talk;
  const conversation = app === undefined ? undefined : await conversations.whole(app, key);
  if (app !== undefined && conversation !== undefined) await exportOne(app, conversation);
}
