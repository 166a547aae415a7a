interface Sent {
  /** Default: POST with a body, else GET. */
  readonly method?: string | undefined;
  readonly body?: object | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A request to a demo server by who has the key; the path is that behind `/v1`. */
export function request(key: string, path: string, { body, method, signal }: Sent = {}): Request {
  return new Request(`https://demo.invalid/v1${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
}
