import { setTimeout as delay } from 'node:timers/promises';
import { HumanInputPart } from '../../../../../src/host/chat/humanInput/humanInputPart.ts';
import { uploadsTo } from '../../../../../src/host/files/uploads.ts';
import type { LocalFile } from '../../../../../src/host/files/asks.ts';
import type { HumanInputForm } from '../../../../../src/conversation/humanInput.ts';
import { openForms } from '../../../../../src/conversation/humanInput.ts';
import type { FormValues } from '../../../../../src/conversation/inputForm.ts';
import { emptyHumanInput, type HumanInputState } from '../../../../../src/conversation/protocol.ts';
import type { Message } from '../../../../../src/conversation/conversation.ts';
import type { App as DemoApp } from '../../../../../src/demo/apps.ts';
import { createDemoServer } from '../../../../../src/demo/server.ts';
import { getParameters } from '../../../../../src/dify/app.ts';
import type { FileLimits } from '../../../../../src/dify/fileUpload.ts';
import { ChatWindow } from '../../../../support/chatWindow.ts';
import { neverAborted } from '../../../../support/difyClient.ts';
import { testApp } from '../../../../support/hostState.ts';
import type { Clock } from '../../../../../src/demo/clock.ts';

/** A thousand times as fast: a server takes a second to name a conversation, and looks for forms that are late every minute. */
const hurried: Clock = {
  now: () => Date.now() * 1_000,
  // A form that nobody answers keeps no test waiting.
  sleep: (ms, signal) => delay(ms / 1_000, undefined, { signal, ref: ms < 3_600_000 }).catch(() => {}),
};

/** A Dify with one app. */
export class Dify {
  readonly app: DemoApp;
  /** What was asked of it, like `POST /form/human_input/…`. */
  readonly calls: string[] = [];
  /** Takes the place of an answer. */
  refuse: (call: string) => Response | undefined = () => undefined;
  readonly #server;

  constructor(app: DemoApp) {
    this.app = app;
    this.#server = createDemoServer({ apps: [app], tokensPerSecond: Infinity, clock: hurried });
  }

  readonly fetch = async (url: string, init?: RequestInit): Promise<Response> => {
    const { pathname } = new URL(url);
    const call = `${init?.method ?? 'GET'} ${pathname.replace('/v1', '').replaceAll(/[\w-]{22,36}/g, '…')}`;
    this.calls.push(call);

    return this.refuse(call) ?? (await this.#server.handle(new Request(url, init)));
  };
}

/** A window with the chat and the forms of its runs. */
export class HumanInputWindow extends ChatWindow {
  readonly dify: Dify;
  readonly part: HumanInputPart;
  chosen: readonly LocalFile[] = [];
  #limits: FileLimits | undefined;

  /** @param before the window of the same workspace that was there before */
  constructor(dify: Dify, before?: HumanInputWindow) {
    super({ fetch: dify.fetch, ...(before === undefined ? {} : { kept: before.kept, shared: before.shared }) });
    this.dify = dify;
    const { chat, apps, clients, log } = this;
    this.part = new HumanInputPart({
      talk: chat,
      appOf: (appId) => apps.find(appId),
      clients,
      log,
      details: { knownParameters: () => undefined },
      drafts: {
        of: ({ appId, key }) => chat.typedIn(appId, key)?.humanInput ?? {},
        keep: ({ appId, key }, humanInput) => chat.keepTyped(appId, key, { humanInput }),
      },
      readsUnasked: () => this.trusted,
      now: () => hurried.now(),
      sleep: (ms, signal) => hurried.sleep(ms, signal),
      choose: () => Promise.resolve(this.chosen),
      dropped: () => Promise.resolve(this.chosen),
      uploads: (app) => this.#limits && uploadsTo(clients.of(app), this.#limits),
    });
    chat.add([this.part]);
  }

  async start(): Promise<void> {
    const { name, mode, key } = this.dify.app;
    await this.open(testApp('one', { mode, name }), key);
  }

  /** Reads what files the server takes. */
  async readLimits(): Promise<void> {
    const client = this.clients.of(testApp('one', { mode: this.dify.app.mode }));
    this.#limits = (await getParameters(client, neverAborted)).systemParameters;
  }

  /** Asks, and waits until the run waits. */
  async ask(query: string): Promise<void> {
    const count = this.conversation.messages.length;
    void this.chat.send(query);
    await this.until(() => this.conversation.messages[count]?.run.status.type === 'paused');
  }

  /** Resolves as soon as it is so: it is looked at whenever something happens. */
  async until(isSo: () => boolean): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = (): void => {
      if (isSo()) resolve();
    };
    const listening = [this.chat.onDidHappen(look), this.part.onDidChange(look)];
    look();
    await promise;
    for (const one of listening) one.dispose();
  }

  get message(): Message {
    const message = this.conversation.messages.at(-1);
    if (message === undefined) throw new Error('Nothing was asked');
    return message;
  }

  /** The forms that the last answer waits for. */
  get forms(): readonly HumanInputForm[] {
    return openForms(this.message.run);
  }

  stateOf({ form_id }: HumanInputForm): HumanInputState {
    return this.part.state().humanInput?.[form_id] ?? emptyHumanInput;
  }

  type({ form_id: form }: HumanInputForm, values: FormValues): void {
    this.part.acts().fillHumanInput({ type: 'fillHumanInput', key: this.conversation.key, form, values });
  }

  /** Presses a button of the form. */
  async submit({ form_id: form }: HumanInputForm, action: string, values: FormValues = {}): Promise<void> {
    const { key } = this.conversation;
    await this.part.acts().submitHumanInput({ type: 'submitHumanInput', key, form, action, values });
  }
}

/** A window whose first answer waits for a form. */
export async function waitingFor(app: DemoApp) {
  const dify = new Dify(app);
  const window = new HumanInputWindow(dify);
  await window.start();
  await window.ask('Cats');
  const [form] = window.forms;
  if (form === undefined) throw new Error('The run waits for no form');
  return { dify, window, form };
}
