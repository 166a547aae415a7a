import { streamResponse } from './responses.ts';

/**
 * Answers with an event stream. Resolves with its first frame: before that the client sees no head.
 *
 * @param frames An error in it breaks the connection off.
 * @param leave Called if the client goes away before the end.
 */
export async function eventStream(
  frames: AsyncGenerator<string, void>,
  signal: AbortSignal,
  leave: () => void,
): Promise<Response> {
  signal.addEventListener('abort', leave);
  if (signal.aborted) leave();
  let first: IteratorResult<string, void> | undefined = await frames.next();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = first ?? (await frames.next());
        first = undefined;
        // An error, as after a fetch that was aborted; else the half-read body would look complete.
        if (signal.aborted) throw signal.reason;
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
  return streamResponse(body);
}
