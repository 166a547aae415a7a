import { ApiError } from './errors.ts';
import { restJson, spacedJson, spacedUnicodeJson } from './python.ts';

/** JSON as the plain endpoints send it. */
export function restResponse(value: object | null, status = 200): Response {
  return sized(restJson(value), { status, headers: { 'Content-Type': 'application/json' } });
}

/** JSON as a blocking generation sends it. */
export function blockingResponse(value: object): Response {
  return sized(spacedJson(value), { headers: { 'Content-Type': 'application/json; charset=utf-8' } });
}

/** JSON as a form for a person is sent. */
export function formResponse(value: object): Response {
  return sized(spacedUnicodeJson(value), { headers: { 'Content-Type': 'application/json' } });
}

/** JSON of the health check, which is not part of the API. */
export function healthResponse(value: object): Response {
  return sized(spacedJson(value), { headers: { 'Content-Type': 'application/json' } });
}

export function streamResponse(body: ReadableStream<Uint8Array<ArrayBuffer>>): Response {
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream; charset=utf-8' } });
}

/** Nothing, although the content type says JSON. */
export function emptyResponse(): Response {
  return new Response(null, { status: 204, headers: { 'Content-Type': 'application/json' } });
}

/** @param similar Paths that the server proposes in the text of a 404. */
export function errorResponse(error: ApiError, path: string, similar: readonly string[] | undefined): Response {
  const response = restResponse(withProposal(error, path, similar).body(), error.status);
  if (error.status === 401) response.headers.set('WWW-Authenticate', 'Bearer realm="api"');
  return response;
}

export function pageNotFound(): Response {
  return page(
    404,
    '404 Not Found',
    'Not Found',
    'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>',
  );
}

export function pageMoved(to: string): Response {
  const address = to.replaceAll('&', '&amp;').replaceAll('"', '&#34;');
  const response = page(
    308,
    'Redirecting...',
    'Redirecting...',
    `You should be redirected automatically to the target URL: <a href="${address}">${address}</a>. If not, click the link.`,
  );
  response.headers.set('Location', to);
  return response;
}

/** The answer to OPTIONS, without the CORS headers. */
export function preflightResponse(allow: string): Response {
  return new Response(null, {
    headers: { 'Content-Type': 'text/html; charset=utf-8', Allow: allow, 'Content-Length': '0' },
  });
}

/** The head alone, as HEAD asks for. */
export function withoutBody(response: Response): Response {
  return new Response(null, { status: response.status, headers: response.headers });
}

function withProposal(error: ApiError, path: string, similar: readonly string[] | undefined): ApiError {
  if (error.code !== 'not_found' || similar === undefined) return error;
  const text = `${error.message} You have requested this URI [${path}] but did you mean ${similar.join(' or ')} ?`;
  return new ApiError(error.status, error.code, text);
}

function page(status: number, title: string, heading: string, text: string): Response {
  const html = `<!doctype html>\n<html lang=en>\n<title>${title}</title>\n<h1>${heading}</h1>\n<p>${text}\n`;
  return sized(html, { status, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}

function sized(text: string, init: ResponseInit): Response {
  const bytes = new TextEncoder().encode(text);
  const response = new Response(bytes, init);
  response.headers.set('Content-Length', String(bytes.length));
  return response;
}
