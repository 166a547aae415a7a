import { randomUUID } from 'node:crypto';
import { ask } from '../../src/conversation/ask.ts';
import { reduceRun } from '../../src/conversation/reduceRun.ts';
import { type Run, newRun } from '../../src/conversation/run.ts';
import { ApiKey } from '../../src/dify/apiKey.ts';
import { chat } from '../../src/dify/chat.ts';
import { DifyClient } from '../../src/dify/client.ts';
import { complete } from '../../src/dify/completion.ts';
import { deleteConversation } from '../../src/dify/conversations.ts';
import { getMessages } from '../../src/dify/messages.ts';
import type { TurnEvent } from '../../src/dify/turn.ts';
import { runWorkflow } from '../../src/dify/workflows.ts';
import { type TestedApp, inputsOf } from './apps.ts';
import { holds, longText, same, shortText } from './asking.ts';
import { chatFamily } from './modes.ts';

const forever = new AbortController().signal;

/** One thing that the client does with an app. */
export interface ClientTrial {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** A full turn of the client with the app: asked and read to the end, asked again, the history where there is one, stopped. */
export function clientTrials(base: string, app: TestedApp): readonly ClientTrial[] {
  const trial = (name: string, run: (turns: Turns) => Promise<void>): ClientTrial => ({
    name: `the client ${name} (${app.mode})`,
    run: async () => {
      const turns = new Turns(base, app);
      await run(turns);
      await turns.clean();
    },
  });
  return [
    trial('asks and reads to the end', async (turns) => {
      answeredWell(app, await turns.ask(shortText));
    }),
    ...(chatFamily.includes(app.mode) ? [trial('goes on in a conversation and reads its history', history)] : []),
    // A new agent cannot be stopped before its end.
    ...(app.mode === 'agent' ? [] : [trial('stops an answer, and asks again', stop)]),
  ];
}

async function history(turns: Turns): Promise<void> {
  const first = await turns.ask(shortText);
  const conversationId = turns.conversationId;
  holds('a conversation', conversationId !== '');
  await turns.ask('And again? [[long:4]]');
  same('the conversation', turns.conversationId, conversationId);
  const { hasMore, messages } = await getMessages(turns.client, { conversationId }, forever);
  same('that there is more', hasMore, false);
  same('the questions', new Set(messages.map(({ query }) => query)).size, 2);
  const stored = messages.find(({ id }) => id === first.messageId);
  same('the answer', stored?.answer, first.text);
}

async function stop(turns: Turns): Promise<void> {
  const stopped = await turns.ask(longText, (run) => run.stoppable && (run.text !== '' || run.nodes.length > 0));
  same('the end', stopped.status.type, 'stopped');
  answeredWell(turns.app, await turns.ask(shortText));
}

function answeredWell({ mode }: TestedApp, { outputs, status, text }: Run): void {
  same('the end', status.type, 'done');
  holds('an answer', mode === 'workflow' ? outputs !== undefined : text !== '');
}

/** One user's turns with the app. */
class Turns {
  readonly app: TestedApp;
  readonly client: DifyClient;
  conversationId = '';

  constructor(base: string, app: TestedApp) {
    this.app = app;
    const user = `contract-${randomUUID()}`;
    const apiKey = new ApiKey(app.key, new URL(base).origin);
    this.client = new DifyClient(
      () => Promise.resolve({ baseUrl: base, apiKey, user }),
      (url, init) => fetch(url, init),
    );
  }

  /** @param stopAt stops when the run is like that */
  async ask(text: string, stopAt: (run: Run) => boolean = () => false): Promise<Run> {
    const stopping = new AbortController();
    const words = { t: (message: string) => message, host: 'the server', keepsAnswers: false };
    let run = newRun;
    for await (const event of ask(this.#generate(text, stopping.signal), words)) {
      if (event.type === 'started') this.conversationId = event.conversationId ?? this.conversationId;
      run = reduceRun(run, event);
      if (stopAt(run)) stopping.abort();
    }
    await this.client.settled();
    if (run.status.type === 'failed') throw new Error(`${run.status.failure.fact} ${run.status.failure.details}`);
    return run;
  }

  /** Leaves nothing behind. */
  async clean(): Promise<void> {
    if (this.conversationId === '') return;
    await deleteConversation(this.client, this.conversationId, forever);
  }

  #generate(text: string, signal: AbortSignal): AsyncGenerator<TurnEvent, void, void> {
    const inputs = inputsOf(this.app, text);
    switch (this.app.mode) {
      case 'completion':
        return complete(this.client, { inputs }, signal);
      case 'workflow':
        return runWorkflow(this.client, { inputs }, signal);
      case 'chat':
      case 'agent-chat':
      case 'agent':
      case 'advanced-chat':
        return chat(this.client, { query: text, inputs, conversation_id: this.conversationId }, signal);
    }
  }
}
