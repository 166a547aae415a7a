import { commands, env } from 'vscode';
import { answerOf } from '../../conversation/outputs.ts';
import { canBeFetched, type Result } from '../../conversation/result.ts';
import { withoutThinking } from '../../conversation/thinking.ts';
import type { ChatRuns } from '../chatRuns.ts';
import { resultUri } from '../resultUri.ts';
import type { RunEntry } from './runEntry.ts';

/** What is done with a run, wherever it is shown. */
export class RunActs {
  readonly #chat: () => Promise<ChatRuns>;

  /** @param chat loads the chat, if it is not there yet */
  constructor(chat: () => Promise<ChatRuns>) {
    this.#chat = chat;
  }

  async open({ place }: RunEntry): Promise<void> {
    if (place.type === 'chat') await (await this.#chat()).open(place);
    else await commands.executeCommand('difyCompanion.results.show', resultUri(place.result));
  }

  async stop({ place }: RunEntry): Promise<void> {
    if (place.type === 'chat') (await this.#chat()).stop(place);
    else await commands.executeCommand('difyCompanion.results.stop', resultUri(place.result));
  }

  /** Asks the same again: another run, which Dify counts. */
  async again({ place }: RunEntry): Promise<void> {
    if (place.type === 'chat') await (await this.#chat()).again(place);
    else await againAt(place.result);
  }

  /** Reads on what became of it: nothing is asked again. */
  async fetchRest({ place, run }: RunEntry): Promise<void> {
    if (!canBeFetched({ run })) return;
    if (place.type === 'chat') await (await this.#chat()).fetchRest(place);
    else await againAt(place.result);
  }

  async copyAnswer({ run }: RunEntry): Promise<void> {
    await env.clipboard.writeText(withoutThinking(answerOf(run)).trim());
  }

  async copyId(id: string | undefined): Promise<void> {
    await env.clipboard.writeText(id ?? '');
  }
}

/** The document's own button for both: where the rest of an answer may be had, it is fetched. */
async function againAt(result: Result): Promise<void> {
  await commands.executeCommand('difyCompanion.results.show', resultUri(result));
  await commands.executeCommand('difyCompanion.results.again', resultUri(result));
}
