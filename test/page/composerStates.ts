import type { ContextItem } from '../../src/conversation/conversation.ts';
import type { ChatState, Queued } from '../../src/conversation/protocol.ts';
import type { ChatPage } from './chatPage.ts';
import { answering, conversation, done, failed, message, state, usage, withRun } from './states.ts';

/** A selection in a file that differs in these members. */
export function context(change: Partial<ContextItem>): ContextItem {
  return { key: 'x', kind: 'selection', name: 'src/client.ts', lines: [12, 38], size: 920, ...change };
}

export const queue: readonly Queued[] = [
  { key: 'q1', text: 'And how do I check the firmware version?', contexts: [], files: [] },
  { key: 'q2', text: 'Write a reply to the customer in German', contexts: [context({})], files: [] },
];

/** States of the composer, by the name that their picture gets. */
export const composerStates: Readonly<Record<string, () => ChatState>> = {
  composer: () => ({
    ...state({
      draft: 'Make the pause testable',
      contexts: [
        context({ key: 'a', kind: 'file', lines: undefined, size: 4_200 }),
        context({ key: 'b', kind: 'problems', lines: undefined, size: 260 }),
        context({ key: 'c', kind: 'clipboard', name: '', lines: undefined, size: 12_000 }),
        context({ key: 'd', name: 'a/very/long/path/of/folders/theLongestNameOfAFileThatAnybodyWouldWrite.test.ts' }),
      ],
      editor: { file: 'client.ts', line: 12, selection: context({ key: 'selection' }) },
    }),
    conversation: conversation(message('1', 'Retry function', { text: 'Done.', status: done, usage })),
  }),
  mentions: () => state({ draft: 'Make the pause testable', contexts: [context({ key: 'a' })] }),
  slash: () =>
    state({
      slash: [
        { name: 'new', description: 'New conversation' },
        { name: 'app', description: 'Switch app' },
        { name: 'export', description: 'Save as Markdown' },
        { name: 'clear', description: 'Delete this conversation' },
        { name: 'summarize', description: 'Summarize' },
      ],
    }),
  plus: () => state(),
  pasted: () =>
    state({ contexts: [context({ key: 'c', kind: 'clipboard', name: '', lines: undefined, size: 15_000 })] }),
  drop: () => state(),
  queue: () => ({ ...answering(), queue, draft: 'And a third one' }),
  queueHeld: () => ({
    ...state({ queue, queueHeld: true }),
    conversation: conversation(withRun('1', 'Reset it', failed({}))),
  }),
};

const mentions = {
  filter: '',
  items: [
    context({ key: 'selection' }),
    context({ key: 'f', kind: 'file', lines: undefined, size: 4_200 }),
    context({ key: 'p', kind: 'problems', lines: undefined, size: 260 }),
    context({ key: 'd', kind: 'diff', name: '', lines: undefined, size: 1_800 }),
    context({ key: 'c', kind: 'clipboard', name: '', lines: undefined, size: 212 }),
    context({
      key: 'o',
      kind: 'file',
      name: 'a/very/long/path/of/folders/retryWithAGrowingPause.test.ts',
      lines: undefined,
    }),
  ],
} as const;

/** What has to be done on the page for a state, after its snapshot. */
export const steps: Readonly<Record<string, (chat: ChatPage) => Promise<void>>> = {
  mentions: async (chat) => {
    await chat.page.locator('textarea').pressSequentially(', see @');
    await chat.events({ type: 'changed', state: { mentions } });
  },
  slash: async (chat) => {
    await chat.page.locator('textarea').fill('/');
    await chat.painted();
  },
  plus: (chat) => openPlus(chat),
  pasted: async (chat) => {
    await chat.page.locator('textarea').evaluate((element) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'word '.repeat(3_000));
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await chat.painted();
  },
  uploadsPlus: (chat) => openPlus(chat),
  uploadsDrop: (chat) => dragOver(chat),
  drop: (chat) => dragOver(chat),
};

/** On the narrow page. */
async function openPlus(chat: ChatPage): Promise<void> {
  await chat.page.setViewportSize({ width: 200, height: 700 });
  await chat.page.locator('.plus').click();
  await chat.painted();
}

async function dragOver(chat: ChatPage): Promise<void> {
  await chat.page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('text/uri-list', 'file:///a.ts');
    dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
  });
  await chat.painted();
}
