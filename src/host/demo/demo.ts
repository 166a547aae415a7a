import type { Apps } from '../apps.ts';
import type { InProcessServer } from './demoServer.ts';

/** Which app of the demo serves which recipe: nobody is asked. */
const servants: Readonly<Record<string, string>> = {
  summarize: 'Demo Summarizer',
  translate: 'Demo Translator',
  explain: 'Demo Text Tools',
  polish: 'Demo Text Tools',
  fixGrammar: 'Demo Text Tools',
  continueWriting: 'Demo Text Tools',
  fix: 'Demo Text Tools',
};

/**
 * The demo: apps of a server inside the extension take the place of the person's own, in this workspace and until it is left. Its keys
 * and its conversations are in memory only.
 */
export class Demo {
  readonly #apps: Apps;
  readonly #server: Pick<InProcessServer, 'apps'>;

  constructor(apps: Apps, server: Pick<InProcessServer, 'apps'>) {
    this.#apps = apps;
    this.#server = server;
  }

  async start(): Promise<void> {
    if (this.#apps.inDemo) return;
    await this.#apps.startDemo(await this.#server.apps());
    await this.bind();
  }

  async leave(): Promise<void> {
    await this.#apps.leaveDemo();
  }

  /** To be called once the window is open: the apps of a demo that goes on are there, but not what they do. */
  async bind(): Promise<void> {
    if (!this.#apps.inDemo) return;
    for (const [recipe, name] of Object.entries(servants)) {
      const app = this.#apps.list().find((known) => known.name === name);
      if (app !== undefined) await this.#apps.bind(recipe, app);
    }
  }
}
