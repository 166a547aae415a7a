import { DifyError } from './errors.ts';

/** The start of a body, no further than the limit, in UTF-16 code units. What breaks off ends there. */
export async function readStart(response: Response, limit: number): Promise<string> {
  let text = '';
  try {
    for await (const piece of pieces(response)) {
      text += piece;
      if (text.length >= limit) break;
    }
  } catch {
    // What arrived says enough to those who ask for a start.
  }
  return text.slice(0, limit);
}

/**
 * The whole body.
 *
 * @throws {DifyError} `tooLarge` over the limit, in UTF-16 code units
 */
export async function readWhole(response: Response, limit: number): Promise<string> {
  let text = '';
  for await (const piece of pieces(response)) {
    text += piece;
    if (text.length > limit) throw new DifyError('tooLarge', `An answer is over ${limit} characters`);
  }
  return text;
}

/** Decoded as it comes; leaving the loop closes the connection. */
async function* pieces({ body }: Response): AsyncGenerator<string, void, void> {
  if (body === null) return;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    reader.cancel().catch(() => {});
  }
}
