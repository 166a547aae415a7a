import type { AppChoice } from '../../src/conversation/appFace.ts';
import type { ChatState, ConversationList, ConversationRow, Variables } from '../../src/conversation/protocol.ts';
import { someConversation } from '../support/conversations.ts';
import type { ChatPage } from './chatPage.ts';

const day = 86_400_000;

/** A row that differs in these members; it is of noon, so that it stays in its group. */
export function row(key: string, name: string, change: Partial<ConversationRow> = {}): ConversationRow {
  const rest = { firstQuestion: '', pinned: false, state: 'idle', local: true, excerpt: undefined } as const;
  return { key, name, changedAt: daysAgo(0), ...rest, ...change };
}

export function list(change: Partial<ConversationList> = {}): ConversationList {
  const empty = { rows: [], search: '', scope: 'all', state: 'read', problem: '', hasMore: false } as const;
  return { ...empty, deleted: undefined, ...change };
}

export const conversationRows: readonly ConversationRow[] = [
  row('k0', 'Release checklist', { pinned: true, changedAt: daysAgo(11) }),
  row('k1', 'Reset an X200', { state: 'answering' }),
  row('k2', 'Refund for 4711', { state: 'needsYou' }),
  row('k3', '', { firstQuestion: 'Why does the Wi‑Fi drop every hour on the second floor?' }),
  row('k4', 'Retry function', { local: false }),
  row('k5', 'German reply to ticket 3921', { state: 'draft', changedAt: daysAgo(1) }),
  row('k6', 'Firmware 4.2 release notes', { changedAt: daysAgo(1) }),
  row('k7', 'Port forwarding for two servers', { changedAt: daysAgo(4) }),
  row('k8', 'Warranty wording', { changedAt: daysAgo(5) }),
  row('k9', 'Import old tickets', { changedAt: daysAgo(22), local: false }),
];

export const apps: readonly AppChoice[] = [
  choice('app-1', 'Support Copilot', { mode: 'advanced-chat', host: 'dify.lab' }),
  choice('app-2', 'Release Notes Writer', { mode: 'agent-chat' }),
  choice('app-3', '翻译助手', { keyMissing: true }),
];

export function choice(id: string, name: string, change: Partial<AppChoice> = {}): AppChoice {
  return { id, name, mode: 'chat', host: 'api.dify.ai', icon: undefined, emoji: '', keyMissing: false, ...change };
}

export const variables: Variables = {
  state: 'read',
  problem: '',
  rows: [
    { id: 'v1', name: 'order', type: 'number', description: 'Number of the order at hand', value: '4711' },
    { id: 'v2', name: 'customer', type: 'object', description: '', value: "{'name': 'Ada', 'vip': True}" },
    { id: 'v3', name: 'notes', type: 'array[string]', description: '', value: '' },
  ],
};

const conversation = someConversation({ key: 'k1', id: 'c1', name: 'Reset an X200' });

/** States of the lists: what differs from an empty chat. */
export const listStates: Readonly<Record<string, () => Partial<ChatState>>> = {
  conversations: () => ({
    conversation,
    list: list({ rows: conversationRows, hasMore: true, deleted: { key: 'k10', title: 'Guest network' } }),
  }),
  'conversations-found': () => ({
    conversation,
    list: list({
      search: 'lease',
      rows: [
        row('k7', 'Port forwarding', {
          excerpt: '…the access point renews its lease every 3600 seconds. See the X200…',
        }),
      ],
    }),
  }),
  'conversations-offline': () => ({
    conversation,
    list: list({
      rows: conversationRows.slice(0, 3),
      state: 'failed',
      problem: 'Nothing answers at dify.lab:80. Is Dify running?',
    }),
  }),
  'conversations-none': () => ({ list: list() }),
  apps: () => ({ apps, conversation }),
  'apps-many': () => ({
    apps: [...apps, ...['Four', 'Five', 'Six', 'Seven', 'Eight'].map((name) => choice(name, name))],
  }),
  variables: () => ({ conversation, variables }),
  'variables-failed': () => ({
    conversation,
    variables: { rows: [], state: 'failed', problem: 'Dify has no variables of this conversation.' },
  }),
};

/** Opens what a state of the lists is about; does nothing for other states. */
export async function openPanel(chat: ChatPage, name: string): Promise<void> {
  if (name === 'run-again') await chat.events({ type: 'command', command: 'editInputs' });
  if (!Object.hasOwn(listStates, name)) return;
  if (name.startsWith('apps')) await chat.page.locator('.crumb.app').click();
  else if (name.startsWith('variables')) await chat.events({ type: 'command', command: 'variables' });
  else await chat.page.locator('.crumb.conversation').click();
  await chat.painted();
}

function daysAgo(days: number): number {
  return new Date().setHours(12, 0, 0, 0) - days * day;
}
