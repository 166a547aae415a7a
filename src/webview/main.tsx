import { render } from 'preact';
import { draftWith } from '../conversation/draftText.ts';
import type { FromWebview } from '../conversation/fromWebview.ts';
import type { ChatEvent, PageCommand, ToWebview } from '../conversation/protocol.ts';
import { isEnded } from '../conversation/run.ts';
import type { Actions, Panel } from './actions.ts';
import { Chat } from './chat.tsx';
import { Draft } from './composer/draft.ts';
import { isComposing, watchCompositions } from './composer/keys.ts';
import { isLonger, queueNews } from './composer/queueNews.ts';
import { problemsOf, uploadNews } from './composer/uploadNews.ts';
import { Recall } from './composer/recall.ts';
import { copyAsMarkdown } from './copy/copySelection.ts';
import { Focus } from './focus.ts';
import { t } from './locale.ts';
import { isAnother, type Page } from './page.ts';
import { keyOf } from './pageKeys.ts';
import { commandsIn, doCommand } from './pageCommands.ts';
import { PageStore } from './pageStore.ts';
import { takesPlace } from './sidePanel.tsx';
import { connectToHost } from './vscodeApi.ts';

/** A question that was sent and not yet confirmed is not sent again by a second press within this time. */
const resendAfter = 1000;

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no element #app');

const post = connectToHost();
const focus = new Focus();
const draft = new Draft((text) => post({ type: 'draft', text, key: store.page.conversation.key }));
const store = new PageStore({
  ready: () => post({ type: 'ready' }),
  changed: paintSoon,
  now: () => performance.now(),
});
const recall = new Recall(() => store.page.conversation.messages.map(({ typed }) => typed));
let hint = '';
let panel: Panel | undefined;
/** Whether another conversation came since one was last to be seen. */
let opened = false;
let frame: number | undefined;
const nothingSent = { text: '', at: -Infinity };
let sent = nothingSent;

const actions: Actions = {
  post,
  wish: (type) => post({ type }),
  hideNotice: (kind) => post({ type: 'hideNotice', kind }),
  showNotice: (kind) => {
    post({ type: 'showNotice', kind });
    // The notice comes above the conversation, far from the mark that was pressed.
    hint = kind === 'unencrypted' ? t('notEncrypted', { url: `http://${store.page.app?.host ?? ''}` }) : '';
    paintSoon();
  },
  type: (text) => {
    hint = '';
    store.type(text);
    draft.change(text);
  },
  submit,
  ask: (query) => wish({ type: 'send', query, key: store.page.conversation.key }),
  insert: (text) => {
    actions.type(draftWith(store.page.text, text));
    focus.toFirst();
  },
  stop: () => post({ type: 'stop' }),
  recall: (direction, text) => recall.step(direction, text),
  runSlash: (name) => wish({ type: 'slash', name }),
  toggle: (other) => show(panel === other ? undefined : other),
  open: show,
  close: () => show(undefined),
  announce: (text) => {
    hint = text;
    paintSoon();
  },
  remedy: (key, remedy) => wish({ type: 'remedy', key, remedy }),
  askAgain: (key) => wish({ type: 'askAgain', key }),
  copy: (text) => {
    post({ type: 'copy', text });
    actions.announce(t('copied'));
  },
  openLink: (href) => post({ type: 'openLink', href }),
};

addEventListener('message', (event: MessageEvent<unknown>) => {
  if (!isToWebview(event.data)) return;
  receive(event.data);
  for (const command of commandsIn(event.data)) doAsked(command);
});
addEventListener('blur', () => draft.flush());
addEventListener('pagehide', () => draft.flush());
document.addEventListener('visibilitychange', () => draft.flush());
document.addEventListener('keydown', keyPressed);
watchCompositions(document);
focus.listen();
copyAsMarkdown();
store.start();

function receive(message: ToWebview): void {
  const { news, page: before } = store;
  // It may show another conversation: what is typed in this one is told before.
  if (message.type === 'snapshot') draft.flush();
  store.receive(message);
  const { text } = store.page;
  if (store.news !== news) hint = '';
  if (isFromHost(message, text)) draft.known(text);
  else if (text !== before.text) draft.change(text);
  if (isConfirmed(message, before)) sent = nothingSent;
  if (message.type === 'events') hint = queueNews(before, store.page) ?? fileNews(message.events, before) ?? hint;
  if (!isAnother(before, store.page)) return;
  opened = true;
  hint = '';
}

/** Whether the host knows the text: told again, it could take the place of what is typed in another view by then. */
function isFromHost(message: ToWebview, text: string): boolean {
  if (message.type === 'snapshot') return text === message.state.draft;
  return message.events.some((event) => event.type === 'drafted' && event.text === text);
}

function doAsked(command: PageCommand): void {
  doCommand(command, { page: () => store.page, actions, focus, show });
}

/** What is new about files: also that they hold a question. */
function fileNews(events: readonly ChatEvent[], before: Page): string | undefined {
  const { uploads } = store.page;
  const isReturned = events.some(({ type }) => type === 'draftReturned');
  return (isReturned && problemsOf(uploads)) || uploadNews(before.uploads, uploads);
}

/** Whether the question was asked, queued, or came back: the same words may be asked again at once. */
function isConfirmed(message: ToWebview, before: Page): boolean {
  if (message.type === 'snapshot') return false;
  return (
    isLonger(before.queue, store.page.queue) ||
    message.events.some(({ type }) => type === 'asked' || type === 'draftReturned')
  );
}

/** What may send the text of the composer: a draft of it that came later would bring it back. */
function wish(message: FromWebview): void {
  draft.flush();
  post(message);
}

function submit(): void {
  const query = store.page.text.trim();
  if (query === '') return;
  const now = performance.now();
  if (sent.text === query && now - sent.at < resendAfter) return;
  sent = { text: query, at: now };
  // The text stays until the host says that it was asked, or queued.
  actions.ask(query);
  focus.toFirst();
}

function show(next: Panel | undefined): void {
  panel = next;
  paintSoon();
}

function isBusy(): boolean {
  return store.page.conversation.messages.some((message) => !isEnded(message.run));
}

function keyPressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event)) return;
  const means = keyOf(event, { panel, isBusy: isBusy() });
  if (means === undefined) return;
  event.preventDefault();
  // VS Code hears of keys further up, and would find or zoom by itself.
  event.stopPropagation();
  if (means === 'close') show(undefined);
  else if (means === 'stop') post({ type: 'stop' });
  else if (typeof means === 'number') post({ type: 'fontSize', step: means });
  else doAsked(means);
}

/** Any number of changes, one painting. */
function paintSoon(): void {
  frame ??= requestAnimationFrame(paint);
}

function paint(): void {
  frame = undefined;
  if (root === null) return;
  render(<Chat page={store.page} news={store.news} hint={hint} panel={panel} actions={actions} />, root);
  if (!opened || takesPlace(panel)) return focus.keep();
  opened = false;
  if (document.hasFocus()) focus.toFirst();
}

/** Other scripts can post messages too; the host's have these members, and its types vouch for the rest. */
function isToWebview(value: unknown): value is ToWebview {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('seq' in value)) return false;
  const { type, seq } = value;
  return (type === 'snapshot' || type === 'events') && typeof seq === 'number';
}
