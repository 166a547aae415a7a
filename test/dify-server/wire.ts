import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn, setTimeout as after } from 'node:timers/promises';
import { type Pieces, damaged } from './damage.ts';
import type { Ending, Fault } from './faults.ts';

/**
 * Writes a response to the socket, with its fault. Resolves when there is nothing left to write, which may be before the connection
 * is closed.
 *
 * @param signal Aborted when the connection or the server is closed.
 */
export async function writeResponse(
  to: ServerResponse,
  response: Response,
  fault: Fault,
  signal: AbortSignal,
): Promise<void> {
  if (fault.headDelay !== undefined) await after(fault.headDelay, undefined, { signal });
  to.writeHead(response.status, headersOf(response, fault));
  switch (await outcomeOf(to, response, fault, signal)) {
    case 'whole':
      if (fault.keepOpen !== true) to.end();
      return;
    case 'limited':
      to.flushHeaders();
      if (fault.cut !== undefined) await hangUp(to, fault.cut.how);
      return;
    case 'broken':
      if (!signal.aborted) await hangUp(to, 'reset');
      return;
  }
}

/** `broken`: the body ended with an error, as where Dify itself breaks off, or because the client did. */
type Outcome = 'whole' | 'limited' | 'broken';

async function outcomeOf(to: ServerResponse, response: Response, fault: Fault, signal: AbortSignal): Promise<Outcome> {
  const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream') === true;
  const limit = Math.min(fault.cut?.after ?? Infinity, fault.stallAfter ?? Infinity);
  try {
    const pieces = damaged(piecesOf(response), fault, isStream, signal);
    return (await writePieces(to, pieces, { limit, fault, signal })) ? 'whole' : 'limited';
  } catch {
    return 'broken';
  }
}

/** Ends the connection in the middle of whatever it is in. */
export async function hangUp(to: ServerResponse, how: Ending): Promise<void> {
  // What has been written is on its way only after this turn.
  await nextTurn();
  if (how === 'reset') to.socket?.resetAndDestroy();
  else to.socket?.end();
}

interface Writing {
  /** Bytes. */
  readonly limit: number;
  readonly fault: Fault;
  readonly signal: AbortSignal;
}

/** Whether all of it was written. */
async function writePieces(to: ServerResponse, pieces: Pieces, { fault, limit, signal }: Writing): Promise<boolean> {
  let written = 0;
  for await (const piece of pieces) {
    if (fault.chunkDelay !== undefined) await after(fault.chunkDelay, undefined, { signal });
    const part = piece.subarray(0, limit - written);
    if (part.length > 0) await write(to, part);
    written += part.length;
    if (part.length < piece.length || written === limit) return false;
    // Else the kernel would join small chunks again.
    if (fault.chunkSize !== undefined || fault.splitAt !== undefined) await nextTurn();
  }
  return true;
}

/** Resolves when the bytes have been handed to the system, or the connection is gone. */
function write(to: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    if (to.destroyed) resolve();
    else to.write(bytes, () => resolve());
  });
}

async function* piecesOf(response: Response): AsyncGenerator<Uint8Array> {
  if (response.body !== null) yield* response.body;
}

function headersOf(response: Response, fault: Fault): Record<string, string> {
  const headers = Object.fromEntries(response.headers);
  // With a length the client would take the message for complete.
  if (fault.keepOpen === true) delete headers['content-length'];
  return headers;
}
