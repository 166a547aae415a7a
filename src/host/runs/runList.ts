import type { Result } from '../../conversation/result.ts';
import type { App } from '../app.ts';
import type { OpenChat } from '../chatRuns.ts';
import type { Kept } from '../conversationFiles.ts';
import { newestFirst, runsOfConversation, runsOfResult, type RunEntry } from './runEntry.ts';
import { stateOf } from './runRow.ts';

/** Where runs are found. */
export interface RunSources {
  readonly apps: () => readonly App[];
  /** Conversations of the app that are kept in this workspace. */
  readonly conversations: (appId: string) => Promise<readonly Kept[]>;
  readonly results: () => Promise<readonly Result[]>;
  /** Those that are open in this window, as they are now. */
  readonly openChats: () => readonly OpenChat[];
  readonly openResults: () => readonly Result[];
}

/** All runs of this workspace: what is kept is read once, until something ended or the person wants it read again. */
export class RunList {
  readonly #sources: RunSources;
  #kept: Promise<readonly RunEntry[]> | undefined;

  constructor(sources: RunSources) {
    this.#sources = sources;
  }

  /** The newest first. */
  async runs(): Promise<readonly RunEntry[]> {
    this.#kept ??= this.#read();
    const kept = await this.#kept;
    return newestFirst(kept, this.open());
  }

  /** Those of what is open in this window. */
  open(): readonly RunEntry[] {
    const { openChats, openResults } = this.#sources;
    return [
      ...openChats().flatMap(({ appId, conversation }) => runsOfConversation(appId, conversation)),
      ...openResults().flatMap(runsOfResult),
    ];
  }

  /** Whether one of them goes on. */
  isRunning(): boolean {
    return this.open().some(({ run }) => stateOf(run) === 'running');
  }

  /** What is kept is another now. */
  forget(): void {
    this.#kept = undefined;
  }

  async #read(): Promise<readonly RunEntry[]> {
    const { apps, conversations, results } = this.#sources;
    const chats = await Promise.all(
      apps().map(async ({ id }) =>
        (await conversations(id)).flatMap(({ conversation }) => runsOfConversation(id, conversation)),
      ),
    );
    return [...chats.flat(), ...(await results()).flatMap(runsOfResult)];
  }
}
