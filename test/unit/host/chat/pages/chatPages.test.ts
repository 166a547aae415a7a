import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { setImmediate } from 'node:timers/promises';
import type { Webview } from 'vscode';
import { EventEmitter, Uri } from 'vscode';
import { emptyChat, type ChatEvent, type ToWebview } from '../../../../../src/conversation/protocol.ts';
import { parseFromWebview } from '../../../../../src/conversation/fromWebview.ts';
import { ChatPages, type Frame } from '../../../../../src/host/chat/pages/chatPages.ts';
import type { Acts } from '../../../../../src/host/chat/part.ts';

/** A chat whose draft counts what happened to it: what a page knows of it can be told from that. */
class FakeChat {
  readonly #listeners = new Set<(event: ChatEvent | 'changed') => void>();
  readonly typed: string[] = [];
  count = 0;
  /** Runs while a state is on its way. */
  meanwhile: () => void = () => {};

  get listeners(): number {
    return this.#listeners.size;
  }

  async state() {
    const state = { ...emptyChat, draft: String(this.count) };
    await Promise.resolve();
    this.meanwhile();
    return state;
  }

  onEvent(listener: (event: ChatEvent | 'changed') => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  happen(): void {
    this.count++;
    for (const listener of this.#listeners) listener({ type: 'drafted', key: 'k', text: String(this.count) });
  }
}

/** A webview as VS Code gives it: messages to a hidden document are lost. */
class FakeWebview {
  readonly posted: ToWebview[] = [];
  readonly #messages = new EventEmitter<unknown>();
  readonly onDidReceiveMessage = this.#messages.event;
  readonly cspSource = 'https://csp';
  options = {};
  html = '';
  visible = true;
  active = false;
  shows = 0;

  postMessage(message: ToWebview): Promise<boolean> {
    if (this.visible) this.posted.push(structuredClone(message));
    return Promise.resolve(this.visible);
  }

  asWebviewUri(uri: { toString(): string }) {
    return uri;
  }

  say(message: unknown): void {
    this.#messages.fire(message);
  }

  /** What a page that understood all messages shows; `lost` where a number is missing. */
  get shown(): string {
    const from = this.posted.findLastIndex(({ type }) => type === 'snapshot');
    return this.posted.slice(from).reduce((shown, message, index) => {
      if (index > 0 && message.seq !== (this.posted[from + index - 1]?.seq ?? 0) + 1) return 'lost';
      if (message.type === 'snapshot') return message.state.draft;
      const last = message.events.findLast((event) => event.type === 'drafted');
      return last?.text ?? shown;
    }, '');
  }

  get commands(): string[] {
    return this.posted.flatMap((message) =>
      message.type === 'events'
        ? message.events.flatMap((each) => (each.type === 'command' ? [each.command] : []))
        : [],
    );
  }
}

describe('The pages of the chat', () => {
  let chat: FakeChat;
  let pages: ChatPages;
  const failures: unknown[] = [];

  beforeEach(() => {
    chat = new FakeChat();
    const acts: Partial<Acts> = { draft: ({ text }) => void chat.typed.push(text) };
    const start = (_: string, work: () => unknown): void => {
      Promise.resolve(work()).catch((error: unknown) => failures.push(error));
    };
    pages = new ChatPages({ extension: Uri.parse('file:///ext'), source: chat, acts, start });
  });
  afterEach(() => assert.deepEqual(failures, []));

  const open = (webview: FakeWebview) => {
    const frame = (): Frame => ({
      webview: webview as unknown as Webview,
      visible: webview.visible,
      active: webview.active,
      show: () => webview.shows++,
    });
    return pages.open(frame);
  };

  it('know all there is, however often they are hidden, shown, made anew and closed, two at a time', async () => {
    let seed = 7;
    const random = (n: number): number => (seed = (seed * 48_271) % 2_147_483_647) % n;
    const views = [0, 1].map(() => {
      const webview = new FakeWebview();
      return { webview, page: open(webview) };
    });
    for (let n = 0; n < 400; n++) {
      const at = random(2);
      const view = views[at];
      if (view === undefined) continue;
      if (random(4) === 0) {
        view.page.dispose();
        const webview = new FakeWebview();
        views[at] = { webview, page: open(webview) };
        webview.say({ type: 'ready' });
      } else {
        view.webview.visible = !view.webview.visible;
        // VS Code made the document anew: its script begins by that.
        if (view.webview.visible) view.webview.say({ type: 'ready' });
      }
      for (let times = random(4); times > 0; times--) chat.happen();
      if (random(3) === 0) await setImmediate();
    }
    chat.happen();
    for (const { webview } of views) {
      webview.visible = true;
      webview.say({ type: 'ready' });
    }
    await setImmediate();

    assert.deepEqual(
      views.map(({ webview }) => webview.shown),
      [String(chat.count), String(chat.count)],
    );
    for (const { page } of views) page.dispose();
    assert.equal(chat.listeners, 0);
    assert.equal(pages.isVisible, false);
  });

  it('have in their snapshot what happened while it was on its way', async () => {
    const webview = new FakeWebview();
    open(webview);
    chat.meanwhile = () => {
      chat.meanwhile = () => {};
      chat.happen();
    };
    webview.say({ type: 'ready' });
    await setImmediate();

    assert.equal(webview.shown, '1');
  });

  it('show what is typed in the other one', async () => {
    const [one, other] = [new FakeWebview(), new FakeWebview()];
    open(one);
    open(other);
    for (const webview of [one, other]) webview.say({ type: 'ready' });
    await setImmediate();

    one.say({ type: 'draft', text: 'typed', key: 'k' });
    await setImmediate();

    assert.deepEqual([other.shown, one.shown, chat.typed], ['typed', '0', ['typed']]);
  });

  it('do what a command asks in the one that has the focus, else in the one that was used last and is seen', async () => {
    const [one, other] = [new FakeWebview(), new FakeWebview()];
    open(one);
    open(other);
    for (const webview of [one, other]) webview.say({ type: 'ready' });
    await setImmediate();
    const nowhere = (): void => assert.fail('A page is there already');

    await pages.command('find', nowhere);
    one.active = true;
    await pages.command('focus', nowhere);
    one.active = false;
    other.visible = false;
    await pages.command('nextMessage', nowhere);
    await pages.command('copyLastAnswer', nowhere);
    await new Promise((resolve) => setTimeout(resolve, 40));

    assert.deepEqual([one.commands, other.commands], [['focus', 'nextMessage', 'copyLastAnswer'], ['find']]);
    assert.deepEqual([one.shows, other.shows], [2, 1], 'the person stays where they are while something is copied');
  });

  it('bring the view for a command that none of them can do, also one that has to be opened first', async () => {
    const webview = new FakeWebview();
    await pages.command('find', () => void open(webview));
    webview.say({ type: 'ready' });
    await setImmediate();

    assert.deepEqual(webview.commands, ['find']);
  });

  it('take no message of another form', async () => {
    const webview = new FakeWebview();
    open(webview);
    for (const message of [undefined, 'ready', { type: 'draft' }, { type: 'run', command: 'x' }, []])
      webview.say(message);
    await setImmediate();

    assert.deepEqual([webview.posted, chat.typed], [[], []]);
  });

  it('do nothing for 10,000 messages that a page would not post', async () => {
    const webview = new FakeWebview();
    open(webview);
    const types = fc.constantFrom('send', 'code', 'openLink', 'draft', 'rate', 'fontSize', 'constructor', '__proto__');
    const almost = fc.record({
      type: types,
      key: fc.anything(),
      text: fc.anything(),
      what: fc.string(),
      code: fc.anything(),
    });
    const shape = fc.oneof(fc.anything(), almost);
    fc.assert(
      fc.property(shape, (message) => {
        const isDraft = parseFromWebview(message)?.type === 'draft';
        const before = chat.typed.length;
        webview.say(message);
        return isDraft || chat.typed.length === before;
      }),
      { numRuns: 10_000 },
    );
    await setImmediate();
  });

  it('may run our script and nothing else', () => {
    const webview = new FakeWebview();
    open(webview);

    assert.deepEqual(Object.keys(webview.options), ['enableScripts', 'enableForms', 'localResourceRoots']);
    assert.match(webview.html, /default-src 'none'; script-src 'nonce-[0-9a-f]{32}'; style-src https:\/\/csp;/);
    assert.match(webview.html, /require-trusted-types-for 'script'; trusted-types 'none'"/);
  });
});
