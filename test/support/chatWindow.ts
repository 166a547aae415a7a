import type { Repair } from '../../src/conversation/failure.ts';
import type { Conversation } from '../../src/conversation/conversation.ts';
import type { Fetch } from '../../src/dify/client.ts';
import type { App } from '../../src/host/app.ts';
import { AppDetails } from '../../src/host/appDetails.ts';
import { Apps } from '../../src/host/apps.ts';
import { Asking, type AskedFiles } from '../../src/host/chat/asking.ts';
import { attachmentsOf } from '../../src/host/chat/attachments.ts';
import { Chat } from '../../src/host/chat/chat.ts';
import { QuestionFiles } from '../../src/host/chat/uploads/questionFiles.ts';
import { Clients } from '../../src/host/clients.ts';
import { CommonState } from '../../src/host/commonState.ts';
import type { LocalFile } from '../../src/host/files/asks.ts';
import { filesAgain, uploadsTo, type Uploads } from '../../src/host/files/uploads.ts';
import { Health } from '../../src/host/health.ts';
import { Keys } from '../../src/host/keys.ts';
import { Log } from '../../src/host/log.ts';
import { neverAborted } from './difyClient.ts';
import { memento, testSecrets } from './hostState.ts';
import { KeptInMemory } from './keptInMemory.ts';
import { logChannel } from './logChannel.ts';

/** Nothing of the editor is attached. */
const noContexts: Parameters<typeof attachmentsOf>[1] = {
  ready: async () => true,
  take: async (query) => ({ query, contexts: [] }),
  giveBack: () => {},
};

interface WindowOptions {
  readonly fetch: Fetch;
  /** What the workspace keeps: windows that are given the same are windows of one workspace. */
  readonly kept?: KeptInMemory;
  /** What all windows know, like whom they act for. */
  readonly shared?: CommonState;
}

/** A window with its chat: all of the host's own code, and no VS Code. */
export class ChatWindow {
  readonly secrets = testSecrets();
  readonly workspace = memento();
  readonly shared: CommonState;
  readonly apps: Apps;
  readonly keys: Keys;
  readonly health = new Health();
  readonly log = new Log(logChannel().channel);
  readonly kept: KeptInMemory;
  readonly clients: Clients;
  readonly details: AppDetails;
  readonly chat: Chat;
  readonly asking: Asking;
  readonly files: QuestionFiles;
  readonly said: string[] = [];
  readonly repairs: Repair[] = [];
  /** Files by their address. */
  readonly disk = new Map<string, LocalFile>();
  /** Whether servers may be asked unasked. */
  trusted = true;

  constructor({ fetch, kept = new KeptInMemory(), shared = new CommonState(memento()) }: WindowOptions) {
    const { secrets, health, log } = this;
    this.shared = shared;
    const apps = new Apps(shared, this.workspace);
    const keys = new Keys({ secrets, shared, place: 'keyring', demoKey: () => 'app-demo-key' });
    this.apps = apps;
    this.keys = keys;
    this.kept = kept;
    const clients = new Clients({ apps, keys, health, fetch });
    this.clients = clients;
    const details = new AppDetails({ apps, clients, log });
    this.details = details;
    const repair = (app: App, remedy: Repair): Promise<App> => this.#repair(app, remedy);
    const say = (sentence: string): unknown => this.said.push(sentence);
    const readsUnasked = (): boolean => this.trusted;
    // Time that nobody waits for.
    const sleep = (_: number, signal: AbortSignal): Promise<void> =>
      signal.aborted ? Promise.reject(new Error('aborted')) : Promise.resolve();
    this.chat = new Chat({
      apps,
      clients,
      details,
      files: kept.window(),
      log,
      health,
      repair,
      readsUnasked,
      say,
      sleep,
    });
    const { chat } = this;
    const uploads = (app: App): Uploads | undefined => {
      const limits = details.knownParameters(app)?.systemParameters;
      return limits && uploadsTo(clients.of(app), limits);
    };
    this.files = new QuestionFiles({
      talk: chat,
      apps,
      details,
      uploads,
      say,
      kept: {
        of: (appId, key) => chat.typedIn(appId, key)?.files ?? [],
        keep: (appId, key, files) => chat.keepTyped(appId, key, { files }),
      },
      find: async (uri) => this.disk.get(uri),
    });
    chat.add([this.files], attachmentsOf({ ready: async () => true }, noContexts, this.files));
    const renewed: AskedFiles['renewed'] = async (app, files) => {
      const to = uploads(app);
      return to && (await filesAgain(files, { working: (_, work) => work(() => {}, neverAborted) }, to));
    };
    this.asking = new Asking({ chat, repair, log, say, uploads: { files: this.files, renewed } });
    apps.onDidChange(() => this.chat.reopen());
  }

  /** Connects the app and opens the chat. */
  async open(app: App, key = 'app-first-key'): Promise<void> {
    await this.keys.set(app, key);
    await this.apps.save(app);
    await this.chat.state();
  }

  /** The conversation that is shown. */
  get conversation(): Conversation {
    const { conversation } = this.chat;
    if (conversation === undefined) throw new Error('No conversation is shown');
    return conversation;
  }

  /** What was asked and what became of it, as far as it is shown. */
  get turns(): readonly (readonly [query: string, text: string, status: string])[] {
    return this.conversation.messages.map(({ typed, run }) => [typed, run.text, run.status.type]);
  }

  async #repair(app: App, remedy: Repair): Promise<App> {
    this.repairs.push(remedy);
    await this.keys.set(app, 'app-second-key');
    await this.apps.save(app);
    return app;
  }
}
