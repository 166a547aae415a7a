import { readStart } from './body.ts';
import { DifyError, kindOfStatus } from './errors.ts';
import { filled, isFields, numeric, object, parseJson, text, type Fields } from './json.ts';

/** Longest part of an error body that is read, in UTF-16 code units. */
const bodyLimit = 64 * 1024;

/**
 * What an answer other than 200 means.
 *
 * @param what the call, such as `POST /chat-messages`
 * @param key what was sent as the key: gateways quote it, and it may look like anything
 * @see https://docs.dify.ai/en/api-reference (the error body is `{ code, message, status }`)
 */
export async function errorOfResponse(what: string, response: Response, url: URL, key = ''): Promise<DifyError> {
  const { status } = response;
  if (status >= 300 && status < 400) return movedError(what, response, url);
  const body = without(key, await readStart(response, bodyLimit));
  const fields = parseJson(body);
  const retryAfter = secondsOf(response.headers.get('retry-after'));
  if (isFields(fields) && text(fields, 'message') !== undefined) return difysError(what, status, fields, retryAfter);

  const pageTitle = titleOf(body);
  const message = `${what}: HTTP ${status}, not in Dify's words`;
  if (status === 407) return new DifyError('network', message, { status, reason: 'proxySignIn' });
  if (status === 429) return new DifyError('busy', message, { status, retryAfter });
  if (status === 413) return new DifyError('rejected', message, { status });
  if (status >= 500) return new DifyError('server', message, { status, pageTitle, retryAfter });
  return new DifyError('notDify', message, { status, pageTitle });
}

function without(key: string, body: string): string {
  return key === '' ? body : body.replaceAll(key, '[key]');
}

/** The failure that an `error` event in a stream of HTTP 200 tells. A missing `code` is normal: Dify 1.14 sends it so. */
export function errorOfEvent(
  what: string,
  { status, code, message }: { status?: number | undefined; code?: string | undefined; message: string },
): DifyError {
  const detail = shown(message);
  return new DifyError('runFailed', `${what}: the run failed (${code ?? 'no code'})`, { status, code, detail });
}

/** The failure of a run without the key, which a server may quote in it, and which may look like anything. */
export function withoutKey(error: unknown, key: string): unknown {
  if (key === '' || !(error instanceof DifyError) || error.kind !== 'runFailed') return error;
  const { status, code = '', detail = '', message } = error;
  const fields = { status, code: without(key, code) || undefined, detail: without(key, detail) || undefined };
  return new DifyError('runFailed', without(key, message), fields);
}

/** The failure for HTTP 200 with a body that is not what Dify sends. */
export function notDifyError(what: string, body: string): DifyError {
  return new DifyError('notDify', `${what}: the answer is not Dify's`, { status: 200, pageTitle: titleOf(body) });
}

/**
 * The server's words for the screen: the innermost message of a failing model's JSON, at most two lines of 300 characters.
 * Model failures arrive as JSON inside the text: `req_id: 1a2b PluginInvokeError: {"args":…,"message":"quota used up"}`, those of an
 * Agent node as their provider put it: `… status code 500: {"error":{"message":"overloaded",…}}`.
 */
export function shown(message: string): string {
  // A chatflow's failure has these words in front, on some servers and not on others.
  const plain = message.replace(/^(?:Run failed: )+/, '');
  const brace = plain.indexOf('{');
  const inner = brace < 0 ? undefined : parseJson(plain.slice(brace));
  if (isFields(inner)) {
    const innermost = filled(inner, 'message') ?? filled(object(inner, 'error'), 'message');
    if (innermost !== undefined) return shown(innermost);
  }
  const lines = plain.split('\n', 2);
  return lines
    .map((line) => (line.length > 300 ? `${line.slice(0, 299)}…` : line).trim())
    .join('\n')
    .trim();
}

function difysError(what: string, status: number, fields: Fields, retryAfter: number | undefined): DifyError {
  const code = filled(fields, 'code');
  const message = text(fields, 'message') ?? '';
  const kind = kindOfStatus(numeric(fields, 'status') ?? status, code, message);
  const detail = shown(message);
  return new DifyError(kind, `${what}: HTTP ${status} ${code ?? ''}`, { status, code, detail, retryAfter });
}

function movedError(what: string, response: Response, url: URL): DifyError {
  const target = response.headers.get('location') ?? '';
  const location = URL.canParse(target, url.href) ? new URL(target, url).origin : undefined;
  response.body?.cancel().catch(() => {});
  return new DifyError('moved', `${what}: HTTP ${response.status}`, { status: response.status, location });
}

/** `Retry-After` as seconds; it is a number of seconds or a date. Nonsense is `undefined`. */
function secondsOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : undefined;
}

function titleOf(body: string): string | undefined {
  const title = /<title[^>]{0,200}>([^<]{1,200})/i.exec(body.slice(0, 8_192))?.[1];
  return title?.replaceAll(/\s+/g, ' ').trim() || undefined;
}
