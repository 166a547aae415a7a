import { DifyError } from './errors.ts';

/** The start of a body, no further than the limit, in UTF-16 code units. What breaks off ends there. */
export async function readStart(response: Response, limit: number): Promise<string> {
  let text = '';
  try {
    for await (const piece of decoded(response)) {
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
  for await (const piece of decoded(response)) {
    text += piece;
    if (text.length > limit) throw new DifyError('tooLarge', `An answer is over ${limit} characters`);
  }
  return text;
}

/**
 * The bytes of the body.
 *
 * @param beat called for each piece that comes
 * @throws {DifyError} `tooLarge` over the limit
 */
export async function readBytes(response: Response, limit: number, beat: () => void): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces(response)) {
    beat();
    size += piece.length;
    if (size > limit) throw new DifyError('tooLarge', `A file is over ${limit} bytes`);
    all.push(piece);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of all) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

async function* decoded(response: Response): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder();
  for await (const piece of pieces(response)) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

/** As they come; leaving the loop closes the connection. */
async function* pieces({ body }: Response): AsyncGenerator<Uint8Array, void, void> {
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
