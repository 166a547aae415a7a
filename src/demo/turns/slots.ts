import type { App } from '../apps.ts';
import { UnreachableFile, invalidParam } from '../http/errors.ts';
import type { Call } from '../routes.ts';

/** After a connection was closed its slot is still taken, for so many ms; the real servers take up to 12 s. */
const lateRelease = 10_000;

/** How many generations of each app are running. */
export class Slots {
  readonly #taken = new Map<string, number>();

  /**
   * @param appId Named in the refusal.
   * @returns Frees the slot; a second call does nothing.
   * @throws {ApiError} 400 if as many are running as the app's owner allows.
   */
  take({ key, maxActiveRequests: most }: App, appId: string): () => void {
    const taken = this.#taken.get(key) ?? 0;
    if (most !== undefined && most > 0 && taken >= most) {
      throw invalidParam(
        `Too many requests. Please try again later. The current maximum concurrent requests allowed for ${appId} is ${most}.`,
      );
    }
    this.#taken.set(key, taken + 1);
    let isFree = false;
    return () => {
      if (!isFree) this.#taken.set(key, (this.#taken.get(key) ?? 1) - 1);
      isFree = true;
    };
  }
}

/**
 * Runs a generation in one of the app's slots: until its answer is complete, and a while longer if the client goes away.
 *
 * @throws {ApiError} 400 if there is no slot, and what `generate` throws.
 */
export async function inSlot(call: Call, generate: () => Promise<Response>): Promise<Response> {
  const { app, request, server } = call;
  const free = server.slots.take(app, app.workflow?.appId ?? server.ids.of('app', app.key));
  try {
    const response = await generate();
    const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream') === true;
    if (isStream && response.body !== null) return new Response(watched(response.body, free, call), response);
    free();
    return response;
  } catch (error) {
    if (error instanceof UnreachableFile) await server.clock.sleep(error.took, request.signal);
    free();
    throw error;
  } finally {
    if (request.signal.aborted) freeLate(call, free);
  }
}

function freeLate({ server }: Call, free: () => void): void {
  void server.clock.sleep(lateRelease, new AbortController().signal).then(free);
}

function watched(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  free: () => void,
  call: Call,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  call.request.signal.addEventListener('abort', () => freeLate(call, free));
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          free();
          controller.close();
        } catch (error) {
          freeLate(call, free);
          throw error;
        }
      },
      async cancel(reason) {
        freeLate(call, free);
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
