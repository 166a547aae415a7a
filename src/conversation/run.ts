import type { Failure } from './failure.ts';

/** Where a run is. Every run ends in exactly one of `done`, `stopped`, `incomplete`, `failed`, and never leaves it. */
export type RunStatus =
  /** Sent; no word of the answer yet. `resend` while the client waits before it sends the request again. */
  | { readonly type: 'waiting'; readonly resend: Resend | undefined }
  | { readonly type: 'answering' }
  | { readonly type: 'done' }
  /** The person stopped it; what was shown is kept. */
  | { readonly type: 'stopped' }
  /** Cut off: what arrived is kept, and it may not be all. */
  | { readonly type: 'incomplete'; readonly failure: Failure }
  | { readonly type: 'failed'; readonly failure: Failure };

/** A request that never reached Dify, or that it refused unread, is about to be sent again. */
export interface Resend {
  /** 1 for the first repetition. */
  readonly attempt: number;
  /** How many repetitions there will be at most. */
  readonly of: number;
  /** Seconds until the request is sent again, counted from the event. */
  readonly seconds: number;
  readonly failure: Failure;
}

/** What the answer cost. Members are `undefined` where the server does not say, or counted nothing (after a stop). */
export interface Usage {
  readonly totalTokens: number | undefined;
  /** Seconds, measured by the server. */
  readonly latency: number | undefined;
  /** A decimal number as text, in `currency`; Dify sends prices as text. */
  readonly totalPrice: string | undefined;
  readonly currency: string | undefined;
}

/** One generation: the answer so far, and what is known of it. */
export interface Run {
  readonly text: string;
  readonly status: RunStatus;
  /** Dify's `message_id`, known from the first event on. */
  readonly messageId: string | undefined;
  /** Whether Dify can be told to stop: false before the server's first event, when only the reading would stop. */
  readonly stoppable: boolean;
  readonly usage: Usage | undefined;
}

/** What happens to a run. */
export type RunEvent =
  | {
      readonly type: 'started';
      readonly messageId: string | undefined;
      readonly conversationId: string | undefined;
      readonly stoppable: boolean;
    }
  | ({ readonly type: 'resending' } & Resend)
  | { readonly type: 'textAppended'; readonly text: string }
  | { readonly type: 'textReplaced'; readonly text: string }
  | { readonly type: 'answered'; readonly usage: Usage | undefined }
  | { readonly type: 'stopped' }
  | { readonly type: 'incomplete'; readonly failure: Failure }
  | { readonly type: 'failed'; readonly failure: Failure };

/** A run that was sent a moment ago. */
export const newRun: Run = {
  text: '',
  status: { type: 'waiting', resend: undefined },
  messageId: undefined,
  stoppable: false,
  usage: undefined,
};

/** Whether nothing more will happen to the run. */
export function isEnded(run: Run): boolean {
  return run.status.type !== 'waiting' && run.status.type !== 'answering';
}

/** The run after the event. Total: an event that comes after the end, out of order or twice changes nothing it should not. */
export function reduceRun(run: Run, event: RunEvent): Run {
  if (isEnded(run)) return run;
  switch (event.type) {
    case 'started':
      return {
        ...run,
        status: run.text === '' ? { type: 'waiting', resend: undefined } : run.status,
        messageId: event.messageId ?? run.messageId,
        stoppable: event.stoppable,
      };
    case 'resending': {
      const { attempt, of, seconds, failure } = event;
      return { ...run, status: { type: 'waiting', resend: { attempt, of, seconds, failure } } };
    }
    case 'textAppended':
      return event.text === '' ? run : { ...run, text: run.text + event.text, status: { type: 'answering' } };
    case 'textReplaced':
      return { ...run, text: event.text, status: { type: 'answering' } };
    case 'answered':
      return { ...run, status: { type: 'done' }, usage: event.usage };
    case 'stopped':
      return { ...run, status: { type: 'stopped' } };
    case 'incomplete':
      return { ...run, status: { type: 'incomplete', failure: event.failure } };
    case 'failed':
      return { ...run, status: { type: 'failed', failure: event.failure } };
  }
}
