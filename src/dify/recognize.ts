import { readStart } from './body.ts';
import type { Fetch } from './client.ts';
import { errorOfResponse, notDifyError } from './errorResponse.ts';
import { filled, isFields, parseJson } from './json.ts';
import { within } from './within.ts';

/** Longest answer that is looked at, in UTF-16 code units. */
const answerLimit = 64 * 1024;

/**
 * Asks for `/info` without a key: Dify's refusal, JSON with the header `X-Version`, proves that its API is at the address, before any
 * key is sent there. Gateways that drop the header leave Dify's code `unauthorized`.
 *
 * @param limit milliseconds until it is given up
 * @throws {DifyError} for anything else that answers, and if nothing does
 * @throws the signal's reason once it is aborted
 */
export async function recognize(baseUrl: string, fetch: Fetch, limit: number, signal: AbortSignal): Promise<void> {
  const url = new URL(`${baseUrl}/info`);
  const what = `GET ${url.pathname}`;
  await within(what, limit, signal, async (closing) => {
    const response = await fetch(url.href, { method: 'GET', redirect: 'manual', signal: closing });
    const body = await readStart(response, answerLimit);
    const fields = parseJson(body);
    const isDify = isFields(fields) && (response.headers.has('x-version') || filled(fields, 'code') === 'unauthorized');
    if (isDify && response.status < 500) return;
    if (response.ok) throw notDifyError(what, body);
    throw await errorOfResponse(what, new Response(body === '' ? null : body, response), url);
  });
}
