import type { SentFile } from '../files/store.ts';
import type { Inputs } from '../history/store.ts';

/** One earlier turn of a conversation. */
export interface Exchange {
  readonly query: string;
  readonly answer: string;
}

/** What an app asks of its model. */
export interface Prompt {
  /** What a language model would be told: the app's own words and what the person sent, in one text. */
  readonly text: string;
  readonly inputs: Inputs;
  /** '' in a text generator. */
  readonly query: string;
  /** Earlier turns that have an answer, oldest first; empty in a text generator. */
  readonly history: readonly Exchange[];
  /** What the person attached. */
  readonly files?: readonly SentFile[];
  /** Names of the tools that the model may call; absent where it may call none. */
  readonly tools?: readonly string[];
  /** What the tools called in this turn so far have answered, oldest first. */
  readonly observations?: readonly string[];
}

/** A model's wish to have a tool called before it goes on. */
export interface ToolCall {
  readonly tool: string;
  /** JSON as the model wrote it, which need not be valid. */
  readonly input: string;
}

/**
 * Where answers come from: little text functions, or a model behind the same port. Yields the answer piece by piece, and the calls of
 * tools where the prompt offers some: then the source is asked again, with what the tools have answered.
 */
export type TextSource = (
  prompt: Prompt,
  signal: AbortSignal,
) => AsyncIterable<string | ToolCall> | Iterable<string | ToolCall>;

/** A model's refusal or breakdown. Dify reports every one of them as `invalid_param`, with JSON in the message. */
export class ModelError extends Error {
  /** Name of the exception in Dify's plugin. */
  readonly errorType: string;
  /** Whether `args.description` repeats the message, as `InvokeError` does. */
  readonly described: boolean;
  /** `completion_request_error` for a model that cannot be reached at all. */
  readonly code: 'invalid_param' | 'completion_request_error';

  constructor(message: string, options: Partial<Pick<ModelError, 'errorType' | 'described' | 'code'>> = {}) {
    super(message);
    this.errorType = options.errorType ?? 'InvokeError';
    this.described = options.described ?? true;
    this.code = options.code ?? 'invalid_param';
  }
}
