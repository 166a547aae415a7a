import type { Conversation } from '../conversation/conversation.ts';
import { draftWith } from '../conversation/draftText.ts';
import {
  emptyChat,
  type ChatEvent,
  type ChatState,
  type FetchedFile,
  type Queued,
  type ToWebview,
} from '../conversation/protocol.ts';
import { reduce } from '../conversation/reduce.ts';
import type { Run, RunEvent } from '../conversation/run.ts';
import { noteGrowth } from './growth.ts';

/** All that the page shows: what the host said so far, and the text in the composer, which is the page's own until it is taken. */
export interface Page extends ChatState {
  /** The number of the last message; `undefined` before the first snapshot. */
  readonly seq: number | undefined;
  /** In the composer: newer than the `draft` that the host had at the last snapshot. */
  readonly text: string;
  /** How often something else than typing changed it. */
  readonly textChanges: number;
  /** The answer that was asked for from outside of the page; another object each time. */
  readonly revealed: { readonly key: string } | undefined;
}

/** Before the first snapshot. */
export const emptyPage: Page = { ...emptyChat, seq: undefined, text: '', textChanges: 0, revealed: undefined };

/** The page after a message of the host, or `lost` if a message before it never came: then only a snapshot helps. */
export function receive(page: Page, message: ToWebview): Page | 'lost' {
  if (message.type === 'snapshot') return countText(page, afterSnapshot(page, message.seq, message.state));
  if (page.seq === undefined || message.seq > page.seq + 1) return 'lost';
  if (message.seq <= page.seq) return page;
  return countText(page, message.events.reduce(afterEvent, { ...page, seq: message.seq }));
}

/** What was typed since the last paint was never told to the view: by the text alone it would not see that it is gone again. */
function countText(before: Page, after: Page): Page {
  return after.text === before.text ? after : { ...after, textChanges: before.textChanges + 1 };
}

/** Whether two texts ask the same: the composer's and the one that the host says was asked. */
export function sameQuestion(a: string, b: string): boolean {
  return a.trim() === b.trim();
}

/** Whether the second page shows another conversation than the first, which showed one. */
export function isAnother(before: Page, after: Page): boolean {
  return before.seq !== undefined && before.conversation.key !== after.conversation.key;
}

function afterEvent(page: Page, event: ChatEvent): Page {
  switch (event.type) {
    case 'changed':
      return { ...page, ...event.state, text: isQueued(page, event.state.queue ?? []) ? '' : page.text };
    case 'fetched':
      return { ...page, fetched: afterFetched(page.fetched, event.place, event.file) };
    case 'command':
      return page;
    case 'reveal':
      return { ...page, revealed: { key: event.key } };
    case 'drafted':
      return event.key === page.conversation.key ? { ...page, text: event.text } : page;
    case 'draftReturned':
      return page.text === '' ? { ...page, text: event.text } : page;
    case 'draftAdded':
      return { ...page, text: draftWith(page.text, event.text) };
    case 'asked':
      return {
        ...page,
        conversation: reduce(page.conversation, event),
        text: sameQuestion(event.typed, page.text) ? '' : page.text,
      };
    case 'run':
      return { ...page, conversation: afterRunEvent(page.conversation, event.key, event.event) };
    case 'rated':
    case 'named':
    case 'inputsSet':
    case 'joined':
    case 'refreshed':
      return { ...page, conversation: reduce(page.conversation, event) };
  }
}

function afterFetched(fetched: Page['fetched'], place: string, file: FetchedFile | undefined): Page['fetched'] {
  const others = Object.entries(fetched).filter(([key]) => key !== place);
  return Object.fromEntries(file === undefined ? others : [...others, [place, file]]);
}

/** Whether the text of the composer is among those that are newly queued: it has left the composer. */
function isQueued({ queue, text }: Page, next: readonly Queued[]): boolean {
  const known = new Set(queue.map(({ key }) => key));
  return next.some((queued) => !known.has(queued.key) && sameQuestion(queued.text, text));
}

function afterRunEvent(before: Conversation, key: string, event: RunEvent): Conversation {
  const after = reduce(before, { type: 'run', key, event });
  const from = runOf(before, key);
  const to = runOf(after, key);
  if (from !== undefined && to !== undefined && event.type !== 'textReplaced') {
    noteGrowth(from, to, event.type === 'textAppended' ? event.text : '');
  }
  return after;
}

function runOf(conversation: Conversation, key: string): Run | undefined {
  return conversation.messages.findLast((message) => message.key === key)?.run;
}

/** What is typed here is newer than any draft of the host; but if the lost messages said that it was asked, it has left the composer. */
function afterSnapshot(page: Page, seq: number, state: ChatState): Page {
  const { conversation, draft } = state;
  const known = new Set(page.conversation.messages.map((message) => message.key));
  const taken =
    page.seq !== undefined &&
    (isQueued(page, state.queue) ||
      conversation.messages.some((message) => !known.has(message.key) && sameQuestion(message.typed, page.text)));
  const typed = taken ? '' : page.text;
  // What was typed in another conversation stays with it.
  const kept = page.seq === undefined || page.conversation.key === conversation.key ? typed : '';
  return { ...state, seq, text: kept === '' ? draft : kept, textChanges: page.textChanges, revealed: page.revealed };
}
