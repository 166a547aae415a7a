import type { Message } from '../../../conversation/conversation.ts';
import { deadlineOf, isAnsweredHere, openForms } from '../../../conversation/humanInput.ts';
import { resumedInHistory, resumption } from '../../../conversation/resumption.ts';
import type { RunEvent } from '../../../conversation/run.ts';
import type { ChatApp } from '../../../conversation/session.ts';
import { DifyError } from '../../../dify/errors.ts';
import type { HumanInputForm } from '../../../dify/form.ts';
import { formClosed, getForm } from '../../../dify/humanInput.ts';
import { getRun } from '../../../dify/runs.ts';
import type { App } from '../../app.ts';
import type { Clients } from '../../clients.ts';
import type { Log } from '../../log.ts';
import { t } from '../../words.ts';
import type { OpenConversation } from '../openConversation.ts';

export interface WaitingPorts {
  readonly clients: Pick<Clients, 'of'>;
  readonly log: Pick<Log, 'warn'>;
  readonly now: () => number;
  /** In milliseconds; ends early when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** A form as its token opens it. */
  readonly read: (form: HumanInputForm) => void;
}

/** A conversation of this window, and the message in it whose run waits. */
export interface Waiting {
  readonly app: App;
  readonly open: OpenConversation;
  /** The message's. */
  readonly key: string;
}

/** How long a request may take, in milliseconds. */
const patience = 30_000;

/** Pauses between two looks at a run whose form is closed, in milliseconds: the server takes up to a minute to go on after a deadline. */
const pauses = [0, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000];

/** The longest time that a timer knows, in milliseconds: 24 days. */
const longest = 2 ** 31 - 1;

/** Looks after runs that wait for a form: whether it is still open, what became of the run if not, and when its time is over. */
export class WaitingRuns {
  readonly #ports: WaitingPorts;
  readonly #over = new AbortController();
  /** Ids of forms that are being read. */
  readonly #reading = new Set<string>();
  /** Ids of forms whose deadline is waited for, or was. */
  readonly #awaited = new Set<string>();
  /** Keys of messages whose run is being looked at. */
  readonly #looking = new Set<string>();

  constructor(ports: WaitingPorts) {
    this.#ports = ports;
  }

  dispose(): void {
    this.#over.abort();
  }

  /** Somebody sees the run, or it began to wait: whether it still does is asked, and its forms are read. */
  async visit(waiting: Waiting): Promise<void> {
    const message = messageOf(waiting);
    if (message?.run.status.type !== 'paused') return;
    const forms = openForms(message.run);
    for (const form of forms) void this.#await(form, waiting);
    const readable = forms.filter((form) => isAnsweredHere(form) && !this.#isLate(form));
    // Of the others, and where the history knows that all were answered, only the run tells.
    if (readable.length < forms.length || forms.length === 0) return await this.look(waiting);
    await Promise.all(readable.map((form) => this.#read(form, waiting)));
  }

  /** Reads on in a run that went on without us, as soon as it did. */
  async look(waiting: Waiting): Promise<void> {
    if (this.#looking.has(waiting.key)) return;
    this.#looking.add(waiting.key);
    try {
      for (const pause of pauses) {
        await this.#ports.sleep(pause, this.#over.signal);
        if (this.#over.signal.aborted || (await this.#wentOn(waiting))) return;
      }
    } catch (error) {
      // It is looked at again when somebody sees it again.
      this.#ports.log.warn('Looking at a run that waits', error);
    } finally {
      this.#looking.delete(waiting.key);
    }
  }

  /** The form's text, its variables filled in; or that it is closed. */
  async #read(form: HumanInputForm, waiting: Waiting): Promise<void> {
    const { form_token: token, form_id: id } = form;
    if (token === undefined || this.#reading.has(id)) return;
    const { clients, read, log } = this.#ports;
    this.#reading.add(id);
    try {
      const whole = await getForm(clients.of(waiting.app), token, AbortSignal.timeout(patience));
      read({ ...form, form_content: whole.form_content, inputs: whole.inputs });
    } catch (error) {
      if (formClosed(error) !== undefined) return await this.look(waiting);
      // What the run told of it is shown.
      log.warn('Reading a form', error);
    } finally {
      this.#reading.delete(id);
    }
  }

  /** Dify tells nobody that the time is over. */
  async #await(form: HumanInputForm, waiting: Waiting): Promise<void> {
    const { form_id: id } = form;
    const ms = (deadlineOf(form) ?? Infinity) - this.#ports.now();
    if (ms <= 0 || ms > longest || this.#awaited.has(id)) return;
    this.#awaited.add(id);
    await this.#ports.sleep(ms, this.#over.signal).catch(() => {});
    if (!this.#over.signal.aborted) await this.look(waiting);
  }

  #isLate(form: HumanInputForm): boolean {
    return (deadlineOf(form) ?? Infinity) <= this.#ports.now();
  }

  /** @returns whether nothing is left to be looked at */
  async #wentOn(waiting: Waiting): Promise<boolean> {
    const message = messageOf(waiting);
    const runId = message?.run.runId;
    // Another answer runs in the conversation: that one is read first.
    if (message?.run.status.type !== 'paused' || runId === undefined) return true;
    if (waiting.open.answering) return false;
    const run = await getRun(this.#ports.clients.of(waiting.app), runId, AbortSignal.timeout(patience));
    if (run.status === 'paused') return false;
    // An answer that grows looks like a whole one in the history.
    const known = { ...message, runId, isOver: run.status !== 'running' };
    const { id: conversationId } = waiting.open.conversation;
    await waiting.open.readOn(message, (signal, app) => readOn({ ...known, conversationId }, app, signal));
    return messageOf(waiting)?.run !== message.run;
  }
}

/** The message as it is now; `undefined` if it is gone. */
export function messageOf({ open, key }: Waiting): Message | undefined {
  return open.conversation.messages.find((message) => message.key === key);
}

/** A run that waited, and went on. */
interface WaitedRun extends Message {
  readonly runId: string;
  readonly isOver: boolean;
  /** Dify's. */
  readonly conversationId: string | undefined;
}

/** What became of a run that waited, from the run itself, or from what the server keeps of it. */
async function* readOn(
  { runId, isOver, conversationId, ...message }: WaitedRun,
  { attach, history, rest }: Pick<ChatApp, 'attach' | 'history' | 'rest'>,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, void, void> {
  try {
    yield* afterWaiting(resumption(attach({ runId, shown: message.run.text }, signal), undefined));
  } catch (error) {
    const isUnknown = error instanceof DifyError && (error.kind === 'notFound' || error.kind === 'notDify');
    if (!isUnknown) throw error;
    if (!isOver) return;
    // A workflow has no history; all of its answer is in the detail of the run.
    if (conversationId === undefined) yield* afterWaiting(rest({ ...message, conversationId }, signal, 'look'));
    else yield* resumedInHistory(message, () => history(conversationId, signal));
  }
}

/** Who stopped a run that waited was not this person: the server after seven days, or somebody elsewhere. */
export async function* afterWaiting(
  events: AsyncGenerator<RunEvent, void, void>,
): AsyncGenerator<RunEvent, void, void> {
  for await (const event of events) {
    if (event.type !== 'stopped') yield event;
    else
      yield {
        type: 'failed',
        failure: {
          fact: t('The run was ended in Dify.'),
          advice: t('Its form was not answered in time, or somebody stopped it.'),
          remedy: 'retry',
          details: '',
        },
      };
  }
}
