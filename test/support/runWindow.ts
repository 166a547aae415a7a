import type { FormValues } from '../../src/conversation/inputForm.ts';
import type { Message } from '../../src/conversation/conversation.ts';
import { createDemoServer } from '../../src/demo/server.ts';
import { FormPart } from '../../src/host/chat/form/formPart.ts';
import { runActs } from '../../src/host/chat/runApps/runActs.ts';
import { uploadsTo } from '../../src/host/files/uploads.ts';
import type { LocalFile } from '../../src/host/files/asks.ts';
import { ChatWindow } from './chatWindow.ts';
import { testApp } from './hostState.ts';

interface Options {
  readonly generation?: 'a' | 'b';
  /** Name of the app of the server. */
  readonly name: string;
  readonly server?: Partial<Parameters<typeof createDemoServer>[0]>;
}

/** A window whose chat runs an app of the embedded server by its form. */
export class RunWindow extends ChatWindow {
  /** `METHOD /path`, in the order of arrival. */
  readonly calls: string[];
  /** Bodies of what was generated. */
  readonly sent: unknown[];
  readonly form: FormPart;
  readonly acts: ReturnType<typeof runActs>;
  readonly #server: ReturnType<typeof createDemoServer>;
  readonly #name: string;
  /** What the dialog gives. */
  chosen: readonly LocalFile[] = [];

  constructor({ generation = 'b', name, server: more = {} }: Options) {
    const server = createDemoServer({ generation, tokensPerSecond: Infinity, ...more });
    const calls: string[] = [];
    const sent: unknown[] = [];
    super({
      fetch: async (url, init) => {
        const { pathname } = new URL(url);
        calls.push(`${init.method ?? 'GET'} ${pathname.slice(3)}`);
        if (/(messages|run)$/.test(pathname) && init.method === 'POST')
          sent.push(JSON.parse(typeof init.body === 'string' ? init.body : ''));
        return await server.handle(new Request(url, init));
      },
    });
    this.calls = calls;
    this.sent = sent;
    this.#server = server;
    this.#name = name;
    const { chat, details, clients } = this;
    this.form = new FormPart({
      talk: chat,
      details,
      drafts: {
        of: (appId, key) => chat.typedIn(appId, key)?.form ?? {},
        keep: (appId, key, form) => chat.keepTyped(appId, key, { form }),
      },
      choose: async () => this.chosen,
      dropped: async () => this.chosen,
      uploads: (app) => {
        const limits = details.knownParameters(app)?.systemParameters;
        return limits && uploadsTo(clients.of(app), limits);
      },
    });
    this.acts = runActs({ chat, form: this.form, details });
    this.chat.add([this.form]);
  }

  /** Connects the app, and reads its form. */
  async begin(): Promise<void> {
    const app = this.#server.apps.find(({ name }) => name === this.#name);
    if (app === undefined) throw new Error(`There is no app ${this.#name}`);
    const connected = testApp('one', { mode: app.mode, name: app.name });
    await this.open(connected, app.key);
    await this.details.parameters(connected, AbortSignal.timeout(5_000));
  }

  /** Presses Run. */
  async run(values: FormValues): Promise<Message | undefined> {
    await this.acts.run({ type: 'run', key: this.conversation.key, values });
    return this.conversation.messages.at(-1);
  }

  /** What stands in the fields that somebody touched. */
  get filled(): FormValues {
    return this.form.state().form?.values ?? {};
  }
}
