const exposed = 'X-Env, X-Trace-Id, X-Version';
const methods = 'DELETE, GET, OPTIONS, PATCH, POST, PUT';
const allowedHeaders = new Set(['authorization', 'content-type', 'x-app-code', 'x-app-passport']);

/** Sets what a browser needs to let a page read the answer: the origin is echoed, whichever it is. */
export function setCorsHeaders(request: Request, response: Response): void {
  const { headers } = response;
  const origin = request.headers.get('Origin');
  headers.set('Access-Control-Allow-Origin', origin ?? '*');
  headers.set('Access-Control-Expose-Headers', exposed);
  if (origin !== null) headers.append('Vary', 'Origin');
  if (request.method !== 'OPTIONS' || !request.headers.has('Access-Control-Request-Method')) return;
  const wanted = (request.headers.get('Access-Control-Request-Headers') ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => allowedHeaders.has(name));
  headers.set('Access-Control-Allow-Methods', methods);
  if (wanted.length > 0) headers.set('Access-Control-Allow-Headers', wanted.toSorted().join(', '));
}
