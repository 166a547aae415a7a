import { commands, env } from 'vscode';
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
    else await commands.executeCommand('difyCompanion.results.open', resultUri(place.result));
  }

  async stop({ place }: RunEntry): Promise<void> {
    if (place.type === 'chat') (await this.#chat()).stop(place);
    else await commands.executeCommand('difyCompanion.results.stop', resultUri(place.result));
  }

  /** Asks the same again: another run, which Dify counts. */
  async again({ place }: RunEntry): Promise<void> {
    if (place.type === 'chat') return await (await this.#chat()).again(place);
    await commands.executeCommand('difyCompanion.results.open', resultUri(place.result));
    await commands.executeCommand('difyCompanion.results.again', resultUri(place.result));
  }

  /** Reads on what became of it: nothing is asked again. */
  async fetchRest({ place }: RunEntry): Promise<void> {
    if (place.type === 'chat') return await (await this.#chat()).fetchRest(place);
    await commands.executeCommand('difyCompanion.results.open', resultUri(place.result));
    await commands.executeCommand('difyCompanion.results.again', resultUri(place.result));
  }

  async copyAnswer({ run }: RunEntry): Promise<void> {
    const { outputs } = run;
    const answer = withoutThinking(run.text).trim();
    await env.clipboard.writeText(answer || (outputs === undefined ? '' : JSON.stringify(outputs, null, 2)));
  }

  async copyId(id: string | undefined): Promise<void> {
    await env.clipboard.writeText(id ?? '');
  }
}
