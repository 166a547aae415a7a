import { window, type Disposable } from 'vscode';
import type { Conversation } from '../../../conversation/conversation.ts';
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
  readonly parts: readonly (ChatPart & Disposable)[];
  readonly acts: ListActs;
  readonly commands: ReturnType<typeof listCommands>;
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
  const commands = listCommands(ports, conversations);
  return { parts: [conversations, variables, apps], acts, commands };
}

/** What the commands of the lists do, by the last part of their ids. What they act on is the shown conversation. */
function listCommands(ports: ListPorts, conversations: ConversationsPart) {
  const { talk } = ports;
  return {
    rename: () => rename(ports, conversations),
    delete: async () => {
      const conversation = begun(ports);
      if (conversation !== undefined) await conversations.delete(conversation.key);
    },
    export: async () => {
      const conversation = begun(ports);
      if (talk.app !== undefined && conversation !== undefined) await exportOne(talk.app, conversation);
    },
    exportAll: async () => {
      const { app } = talk;
      if (app !== undefined) await exportAll(app, () => allConversations(app, ports));
    },
  };
}

/** The shown conversation; where nothing was asked in it there is nothing to be done with it, which is said. */
function begun({ talk, say }: ListPorts): Conversation | undefined {
  const { conversation } = talk;
  if (conversation !== undefined && conversation.messages.length > 0) return conversation;
  say(t('Nothing was asked in this conversation yet.'));
  return undefined;
}

async function rename(ports: ListPorts, conversations: ConversationsPart): Promise<void> {
  const conversation = begun(ports);
  if (conversation === undefined) return;
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
