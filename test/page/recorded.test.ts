import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { ConversationEvent } from '../../src/conversation/events.ts';
import { recordingsIn } from '../support/recordings.ts';
import { Browser, type ChatPage } from './chatPage.ts';
import { recordedTalk, type RecordedConversation } from './recordedTalk.ts';
import { app, conversation, done, message, state } from './states.ts';

// UPDATE_SNAPSHOTS=yes npm run test:page -- --grep "recorded in"   writes what the page shows now; look at the difference in Git.
const update = process.env['UPDATE_SNAPSHOTS'] !== undefined;
const snapshots = new URL('snapshots/', import.meta.url);

const folders = [
  'a/advanced-chat',
  'a/agent-chat',
  'a/workflow',
  'b/advanced-chat',
  'b/agent',
  'b/agent-chat',
  'b/human-input',
  'b/reattach',
  'b/special',
  'b/workflow',
];

/** When the recordings were made, in milliseconds since 1970: deadlines of forms are counted from here. */
const began = Date.UTC(2026, 10, 22);
/** After all deadlines. */
const late = Date.UTC(2026, 10, 26);

/** Longest text that stands in a snapshot as it is. */
const longest = 300;

/** What every answer offers, which is looked at elsewhere. */
const always =
  /^ *- (?:group "Message actions":?|group "Answer actions":|button "(?:Copy message|Edit message|Copy answer|Ask again|Good answer|Bad answer|More actions)")$/;

/** What stands in the page for who reads it, or has it read: roles, names and texts, everything opened. Where a run waits, its answer as well. */
async function read(chat: ChatPage, mode: string, { begin, events }: RecordedConversation): Promise<string> {
  const base = state({ app: { ...app, mode, openingStatement: '', suggestedQuestions: [] }, conversation: begin });
  await chat.page.evaluate((first) => globalThis.host.send({ type: 'snapshot', seq: 0, state: first }), base);
  await setClock(chat, began);
  const seen: string[] = [];
  for (const [index, stretch] of stretchesOf(events).entries()) {
    // The deadlines were moved in the servers' databases, not their clocks.
    if (stretch.some((event) => event.type === 'run' && event.event.type === 'formExpired')) await setClock(chat, late);
    await tell(chat, index + 1, stretch);
    const last = stretch.at(-1);
    if (waits(last)) seen.push(`# waits\n${await textOf(chat, `article.answer[data-key="${last.key}"]`)}`);
  }
  return [...seen, ...(seen.length > 0 ? ['# ends'] : []), await textOf(chat, '.transcript')].join('\n');
}

function waits(event: ConversationEvent | undefined): event is ConversationEvent & { type: 'run' } {
  return event?.type === 'run' && event.event.type === 'paused';
}

/** Pieces that end where a run waits, or at the end. */
function stretchesOf(events: readonly ConversationEvent[]): readonly (readonly ConversationEvent[])[] {
  const ends = [...events.keys()].filter((index) => index === events.length - 1 || waits(events[index]));
  return ends.map((end, index) => events.slice((ends[index - 1] ?? -1) + 1, end + 1));
}

/** Tells the page, and opens all that can be opened. */
async function tell(chat: ChatPage, seq: number, events: readonly ConversationEvent[]): Promise<void> {
  await chat.page.evaluate(
    async (told) => {
      const { host } = globalThis;
      await host.frame();
      host.send(told);
      await host.unfold();
    },
    { type: 'events', seq, events } as const,
  );
}

async function setClock(chat: ChatPage, now: number): Promise<void> {
  await chat.page.evaluate((at) => void (Date.now = () => at), now);
}

async function textOf(chat: ChatPage, selector: string): Promise<string> {
  const seen = await chat.page.locator(selector).ariaSnapshot();
  return seen
    .split('\n')
    .filter((line) => !always.test(line))
    .map(brief)
    .join('\n');
}

/** Ids are others in each recording, hours where the test runs, and long texts say no more than their beginning and their end. */
function brief(line: string): string {
  const plain = line
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/(Answer within [^(]*\()[^)]*\)/g, '$1…)');
  if (plain.length <= longest) return plain;
  return `${plain.slice(0, longest / 2)} … (${plain.length} characters) … ${plain.slice(-longest / 4)}`;
}

describe('Every stream of an agent, a chatflow, a workflow and of human input that was recorded', function () {
  this.timeout(60_000);
  let browser: Browser;
  let chat: ChatPage;
  before(async () => {
    mkdirSync(snapshots, { recursive: true });
    browser = await Browser.start();
    chat = await browser.open({ width: 760 });
    // From here on formulas are made at once.
    await chat.snapshot(state({ conversation: conversation(message('1', 'Q', { text: '$x$', status: done })) }));
    await chat.page.waitForSelector('math');
  });
  after(() => browser.close());

  for (const folder of folders) {
    it(`is shown to its end, in these words: recorded in ${folder}`, async () => {
      const sections: string[] = [];
      for (const name of recordingsIn(folder)) {
        const { mode, conversations } = await recordedTalk(name);
        for (const one of conversations) sections.push(`## ${name}\n${await read(chat, mode, one)}\n`);
      }
      const file = new URL(`${folder.replace('/', '-')}.txt`, snapshots);
      if (update) writeFileSync(file, sections.join('\n'));

      const expected = readFileSync(file, 'utf8').split(/\n(?=## )/);
      assert.deepEqual(
        sections.map((section) => section.split('\n')),
        expected.map((section) => section.split('\n')),
      );
      assert.deepEqual(await chat.faults(), []);
      assert.deepEqual(chat.foreignRequests, []);
    });
  }
});
