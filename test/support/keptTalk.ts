import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Conversation } from '../../src/conversation/conversation.ts';
import type { ConversationEvent } from '../../src/conversation/events.ts';
import { reduce } from '../../src/conversation/reduce.ts';
import type { RunEvent } from '../../src/conversation/run.ts';
import type { ConversationFiles, Journal, Keeping } from '../../src/host/conversationFiles.ts';
import { someConversation, someQuestion } from './conversations.ts';
import { filesIn } from './filesIn.ts';

export const app = 'app-one';
export const key = 'conversation-1';
export const started = {
  type: 'started',
  messageId: 'm',
  conversationId: 'c',
  runId: undefined,
  stoppable: true,
} as const;
export const answered = { type: 'answered', usage: undefined } as const;
/** No system gives a process this number. */
export const deadProcess = 2 ** 22 + 1;

/** A folder for the files of some windows, and what they say is wrong. */
export class Storage {
  readonly path: string;
  readonly said: string[] = [];

  static async make(): Promise<Storage> {
    return new Storage(await mkdtemp(path.join(tmpdir(), 'dify-files-')));
  }

  constructor(folder: string) {
    this.path = folder;
  }

  /** Of the app. */
  get folder(): string {
    return path.join(this.path, 'conversations', app);
  }

  /** As another window has them. */
  open(keeping: Partial<Keeping> = {}): ConversationFiles {
    return filesIn(this.path, (words) => this.said.push(words), keeping);
  }

  async names(): Promise<readonly string[]> {
    return (await readdir(this.folder)).sort();
  }

  /** As if the windows that write now were killed, or were this other process. */
  async killWindows(pid = deadProcess): Promise<void> {
    for (const name of await this.names()) {
      const dead = name.replace(/\.\d+-/, `.${pid}-`);
      await rename(path.join(this.folder, name), path.join(this.folder, dead));
    }
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

/** A conversation of a window, told to its journal. */
export class KeptTalk {
  conversation: Conversation;
  readonly journal: Journal;

  constructor(files: ConversationFiles, conversation: Conversation = someConversation({ key })) {
    this.conversation = conversation;
    this.journal = files.journal(app, conversation);
  }

  tell(...events: readonly ConversationEvent[]): this {
    for (const event of events) {
      this.conversation = reduce(this.conversation, event);
      this.journal.note(event, this.conversation);
    }
    return this;
  }

  /** A whole turn. */
  async turn(name: string, askedAt: number): Promise<void> {
    this.tell(someQuestion({ key: name, query: name, askedAt }), ...runs(name, started, says(name), answered));
    await this.journal.flush();
  }
}

export function runs(name: string, ...events: readonly RunEvent[]): readonly ConversationEvent[] {
  return events.map((event) => ({ type: 'run', key: name, event }));
}

export function says(text: string): RunEvent {
  return { type: 'textAppended', text };
}
