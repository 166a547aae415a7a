import type { Message, SentFile } from '../../conversation/conversation.ts';
import type { Remedy } from '../../conversation/failure.ts';
import { isRunApp } from '../../conversation/runApps.ts';
import { wasTaken } from '../../conversation/session.ts';
import { transcriptOf } from '../../conversation/transcript.ts';
import { keepsAnswers, type App } from '../app.ts';
import { tellsOfLostUpload } from '../files/uploads.ts';
import { t } from '../words.ts';
import type { Chat } from './chat.ts';
import type { ChatPorts } from './chatPorts.ts';
import type { OpenConversation } from './openConversation.ts';
import type { Home } from './talk.ts';
import type { QuestionFiles } from './uploads/questionFiles.ts';
import type { ChatUploads } from './uploads/uploadsInVscode.ts';

interface AskingPorts extends Pick<ChatPorts, 'repair' | 'say' | 'log'> {
  readonly chat: Chat;
  readonly uploads: AskedFiles;
}

/** The files of questions that were asked. */
export interface AskedFiles {
  readonly files: Pick<QuestionFiles, 'giveBack' | 'withdraw'>;
  readonly renewed: ChatUploads['renewed'];
}

/** A question of the shown conversation. */
interface Place {
  /** The conversation's: another one may be shown by the time that something was read. */
  readonly app: App;
  readonly open: OpenConversation;
  readonly message: Message;
}

/** What is done with a question that was asked: again, otherwise, elsewhere. The API cannot branch: all of it appends, or begins anew. */
export class Asking {
  readonly #ports: AskingPorts;

  constructor(ports: AskingPorts) {
    this.#ports = ports;
  }

  /** Asks the question of the message again, unless the server has its answer after all. One that Dify never took is replaced. */
  async askAgain(key: string): Promise<void> {
    const place = this.#place(key);
    if (place === undefined || place.open.answering || (await this.#answeredAfterAll(place))) return;
    const message = this.#messageIn(place.open, key);
    if (message === undefined) return;
    const files = await this.#filesOf(message, place.app);
    if (files === undefined) return;
    const { query, typed, contexts, inputs } = message;
    const replaces = wasTaken(message.run) ? undefined : key;
    this.#ports.uploads.files.withdraw(message.files, homeOf(place.open));
    const question = { query, typed, contexts, files, inputs, replaces };
    // An app that is run remembers nothing: each run stands for itself.
    if (isRunApp(place.app.mode)) return await place.open.run({ ...question, again: undefined });
    await place.open.ask({ ...question, again: message.again ?? (replaces === undefined ? key : undefined) });
  }

  /** Sends another version of the question, or begins a new conversation with what was said before it. */
  async editQuestion(key: string, query: string, how: 'followUp' | 'fork'): Promise<void> {
    if (how === 'followUp') return await this.#followUp(this.#place(key), query);
    await this.#beginWith(key, 'before', query);
  }

  /** What was uploaded for the question goes along with its other version too. */
  async #followUp(place: Place | undefined, query: string): Promise<void> {
    if (place === undefined) return;
    this.#ports.uploads.files.giveBack(place.message.files, homeOf(place.open));
    await place.open.send(query);
  }

  /** The files of a question that is asked again; `undefined` where the server lost them, and they are not to be had here. */
  async #filesOf({ files, run }: Message, app: App): Promise<readonly SentFile[] | undefined> {
    const { uploads, say } = this.#ports;
    const isLost = run.status.type === 'failed' && tellsOfLostUpload(run.status.failure.details);
    if (files.length === 0 || !isLost) return files;
    const renewed = await uploads.renewed(app, files);
    if (renewed === undefined) say(t('Dify no longer has the files of this question. Attach them again.'));
    return renewed;
  }

  /** Begins a new conversation with what was said up to the answer. */
  async fork(key: string): Promise<void> {
    await this.#beginWith(key, 'with', '');
  }

  /** Does what helps against the failure of the message. */
  async remedy(key: string, remedy: Remedy): Promise<void> {
    const { chat, repair } = this.#ports;
    const place = this.#place(key);
    if (place === undefined) return;
    switch (remedy) {
      case 'retry':
        return await this.askAgain(key);
      case 'newConversation':
        return await chat.newConversation(place.message.typed);
      case 'fetchRest':
        await place.open.readRest(place.message);
        return;
      case 'none':
        return;
      default:
        if ((await repair(place.app, remedy)) === undefined) return;
        await chat.state();
        return await this.askAgain(key);
    }
  }

  /** Never pays twice: what was cut off, or was not heard of, may have its answer on the server. */
  async #answeredAfterAll(place: Place): Promise<boolean> {
    const { open, message } = place;
    const { type } = message.run.status;
    if (type !== 'incomplete' && (type !== 'failed' || wasTaken(message.run))) return false;
    try {
      await this.#lookFor(place);
    } catch (error) {
      // Who cannot be asked for the history cannot have it; the question is asked, and says what is wrong.
      this.#ports.log.warn('Looking for an answer before asking again', error);
    }
    if (this.#messageIn(open, message.key)?.run.status.type !== 'done') return false;
    this.#ports.say(t('Dify had answered this question already. Its answer is shown; nothing was asked again.'));
    return true;
  }

  /** A run is looked for by itself: also a message that says nothing has one, and a workflow app has no messages. */
  async #lookFor({ app, open, message }: Place): Promise<void> {
    if (keepsAnswers(app) && message.run.status.type === 'incomplete') await open.readRest(message, 'look');
    else await open.find(message);
  }

  async #beginWith(key: string, which: 'before' | 'with', question: string): Promise<void> {
    const place = this.#place(key);
    if (place === undefined) return;
    const { messages } = place.open.conversation;
    const at = messages.indexOf(place.message);
    const transcript = transcriptOf({ messages: messages.slice(0, which === 'with' ? at + 1 : at) }, t);
    await this.#ports.chat.newConversation([transcript, question].filter((part) => part !== '').join('\n\n'));
  }

  #place(key: string): Place | undefined {
    const { app, shown: open } = this.#ports.chat;
    const message = open === undefined ? undefined : this.#messageIn(open, key);
    return app === undefined || open === undefined || message === undefined ? undefined : { app, open, message };
  }

  #messageIn({ conversation }: OpenConversation, key: string): Message | undefined {
    return conversation.messages.find((message) => message.key === key);
  }
}

function homeOf({ appId, conversation: { key } }: OpenConversation): Home {
  return { appId, key };
}
