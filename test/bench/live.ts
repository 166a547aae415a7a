import type { Browser, ChatPage } from '../page/chatPage.ts';
import { begin, cpu, measured } from './growingPage.ts';
import { answer } from './sampleAnswer.ts';
import { alternated, type Row } from './table.ts';

/** What the page does with its time, in milliseconds, since `watch` was called. */
interface Watched {
  /** The longest frame or idle callback. */
  longest: number;
  /** Between frames. */
  gaps: number[];
}

declare global {
  // oxlint-disable-next-line no-var -- a global of the page
  var watched: Watched;
}

/** In milliseconds. */
const duration = 4000;
const tokensPerSecond = 200;
/** A frame this late is seen, in milliseconds. */
const late = 34;

/** Notes how long what the page asked for takes. */
async function watch(chat: ChatPage): Promise<void> {
  await chat.page.evaluate(() => {
    globalThis.watched = { longest: 0, gaps: [] };
    const timed = (work: () => void): void => {
      const from = performance.now();
      work();
      globalThis.watched.longest = Math.max(globalThis.watched.longest, performance.now() - from);
    };
    const { requestIdleCallback: idle, requestAnimationFrame: frame } = globalThis;
    globalThis.requestIdleCallback = (work, options) => idle((deadline) => timed(() => work(deadline)), options);
    globalThis.requestAnimationFrame = (work) => frame((time) => timed(() => work(time)));
  });
}

/** 200 tokens a second, live, onto an answer of 200,000 characters, beside plain text that is appended to an empty page and followed. */
export async function liveRows(browser: Browser): Promise<readonly Row[]> {
  const plain: Live[] = [];
  const ours: Live[] = [];
  const measure = async (all: Live[], isOurs: boolean): Promise<number> => {
    const found = await live(browser, isOurs);
    all.push(found);
    return found.cpu;
  };
  const cpuOfBoth = await alternated(
    3,
    () => measure(plain, false),
    () => measure(ours, true),
  );
  return [
    // One late frame more than plain text has would be one too many.
    { what: `G8 live: frames later than ${late} ms (+ 1)`, base: lateOf(plain) + 1, ours: lateOf(ours) + 1, goal: 1 },
    { what: 'G8 live: CPU in 4 s, plain text, ours, ms', ...cpuOfBoth, goal: 3 },
    {
      what: 'G8 live: longest piece of work, of 16 ms',
      base: 16,
      ours: Math.max(...ours.map(({ longest }) => longest)),
      goal: 1,
    },
  ];
}

function lateOf(all: readonly Live[]): number {
  return all.reduce((sum, each) => sum + each.late, 0);
}

interface Live {
  readonly cpu: number;
  readonly late: number;
  readonly longest: number;
}

async function live(browser: Browser, isOurs: boolean): Promise<Live> {
  const chat = await browser.open();
  const session = await measured(chat);
  if (isOurs) await begin(chat, answer(200_000));
  await chat.page.evaluate(() => globalThis.host.settled());
  await watch(chat);
  const took = await cpu(session, () => stream(chat, isOurs));
  const { gaps, longest } = await chat.page.evaluate(() => globalThis.watched);
  await chat.close();
  return { cpu: took, late: gaps.filter((gap) => gap > late).length, longest };
}

/** Sends as many tokens as are due with each frame, as the host would; a page without an answer appends them as they are, and follows. */
async function stream(chat: ChatPage, isOurs: boolean): Promise<void> {
  await chat.page.evaluate(
    async ([text, most, rate, toAnswer]) => {
      const { host, watched } = globalThis;
      if (!toAnswer) {
        const scroller = document.body.appendChild(document.createElement('div'));
        scroller.setAttribute('class', 'transcript');
        scroller.style.height = '100%';
        const line = scroller.appendChild(new Text());
        addEventListener('message', ({ data }) => {
          line.appendData(data.events[0].event.text);
          requestAnimationFrame(() => (scroller.scrollTop = scroller.scrollHeight));
        });
      }
      const start = performance.now();
      let sent = 0;
      let last = start;
      for (let now = start, seq = 1; now - start < most; now = performance.now()) {
        const due = Math.floor(((now - start) / 1000) * rate) * 4;
        const event = { type: 'textAppended', text: text.slice(sent, due) } as const;
        sent = due;
        host.send({ type: 'events', seq: seq++, events: [{ type: 'run', key: 'k', event }] });
        await host.frame();
        watched.gaps.push(performance.now() - last);
        last = performance.now();
      }
    },
    [answer(8000), duration, tokensPerSecond, isOurs] as const,
  );
}
