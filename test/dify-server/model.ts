import { EventSourceParserStream } from 'eventsource-parser/stream';
import { ModelError, type Prompt, type TextSource } from '../../src/demo/turns/textSource.ts';

export interface ModelOptions {
  /** Base URL of an OpenAI-compatible API, like `http://127.0.0.1:11434/v1`. */
  readonly url: string;
  readonly key?: string;
  /** What the endpoint calls its model. */
  readonly model?: string;
}

/** Answers by a language model behind an OpenAI-compatible endpoint. Its failures become those that Dify reports. */
export function modelSource(options: ModelOptions): TextSource {
  return async function* answer(prompt, signal) {
    const response = await asked(options, prompt, signal);
    if (!response.ok) {
      throw new ModelError(
        `[models] Error: API request failed with status code ${response.status}: ${await response.text()}`,
      );
    }
    yield* deltasOf(response);
  };
}

async function asked({ key, model, url }: ModelOptions, prompt: Prompt, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(`${url.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({ model: model ?? 'default', stream: true, messages: messagesOf(prompt) }),
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    throw new ModelError(`[models] Server Unavailable Error, ${String(cause)}`, { code: 'completion_request_error' });
  }
}

function messagesOf({ history, text }: Prompt): readonly { readonly role: string; readonly content: string }[] {
  const before = history.flatMap(({ answer, query }) => [
    { role: 'user', content: query },
    { role: 'assistant', content: answer },
  ]);
  return [...before, { role: 'user', content: text }];
}

async function* deltasOf(response: Response): AsyncGenerator<string> {
  if (response.body === null) return;
  const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  try {
    for await (const { data } of events) {
      if (data === '[DONE]') return;
      const delta = deltaIn(data);
      if (delta !== '') yield delta;
    }
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw new ModelError('Response ended prematurely', { errorType: 'ChunkedEncodingError', described: false });
  }
}

interface Chunk {
  readonly error?: unknown;
  readonly choices?: readonly { readonly delta?: { readonly content?: string | null } }[];
}

function deltaIn(data: string): string {
  const chunk = JSON.parse(data) as Chunk;
  if (chunk.error !== undefined) throw new ModelError(`[models] Error: ${JSON.stringify(chunk.error)}`);
  return chunk.choices?.[0]?.delta?.content ?? '';
}
