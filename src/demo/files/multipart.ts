/** One part of a `multipart/form-data` body. */
export interface FormPart {
  readonly name: string;
  /** undefined for a plain field; '' for a file without a name. */
  readonly filename: string | undefined;
  /** Media type without parameters, '' if the part names none. The platform's own `formData()` would make one up. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The parts of a form, none if the body is something else or broken, as Dify's web server has it. */
export async function formOf(request: Request): Promise<readonly FormPart[]> {
  const [type, parameters] = headerValue(request.headers.get('Content-Type') ?? '');
  const boundary = parameters.get('boundary');
  if (type !== 'multipart/form-data' || boundary === undefined) return [];
  const body = new Uint8Array(await request.arrayBuffer());
  // One character a byte, so that places in the text are places in the body.
  const text = new TextDecoder('latin1').decode(body);
  const pieces: FormPart[] = [];
  const delimiter = `--${boundary}`;
  let start = text.indexOf(delimiter) + delimiter.length;
  while (start >= delimiter.length && !text.startsWith('--', start)) {
    const end = text.indexOf(`\r\n${delimiter}`, start);
    if (end < 0) break;
    pieces.push(partOf(text, body, start, end));
    start = end + 2 + delimiter.length;
  }
  return pieces;
}

/** The text of the plain field of this name. */
export function fieldOf(parts: readonly FormPart[], name: string): string | undefined {
  const part = parts.find((each) => each.name === name && each.filename === undefined);
  return part === undefined ? undefined : utf8.decode(part.bytes);
}

const utf8 = new TextDecoder();

function partOf(text: string, body: Uint8Array<ArrayBuffer>, start: number, end: number): FormPart {
  const blank = text.indexOf('\r\n\r\n', start);
  const headers = utf8.decode(body.subarray(start, blank)).split('\r\n');
  const [, disposition] = headerValue(headerOf(headers, 'content-disposition'));
  return {
    name: disposition.get('name') ?? '',
    filename: disposition.get('filename*') ?? disposition.get('filename'),
    type: headerValue(headerOf(headers, 'content-type'))[0],
    bytes: body.slice(blank + 4, end),
  };
}

function headerOf(headers: readonly string[], name: string): string {
  const line = headers.find((each) => each.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim() ?? '';
}

/** `form-data; name="file"; filename*=UTF-8''a%20b` taken apart. */
function headerValue(header: string): readonly [value: string, parameters: ReadonlyMap<string, string>] {
  const [value = ''] = header.split(';', 1);
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of header.matchAll(
    /;\s*([^=;\s]+)=(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/g,
  )) {
    parameters.set(name.toLowerCase(), quoted === undefined ? decoded(name, plain) : unescaped(quoted));
  }
  return [value.trim().toLowerCase(), parameters];
}

/** Browsers write a quote in a name as `%22`; others escape it. Any other backslash belongs to the name. */
function unescaped(quoted: string): string {
  return quoted.replaceAll(/\\(["\\])/g, '$1').replaceAll('%22', '"');
}

/** RFC 2231: a name that ends with `*` has its charset in front. */
function decoded(name: string, value: string): string {
  if (!name.endsWith('*')) return value;
  try {
    return decodeURIComponent(value.replace(/^[^']*'[^']*'/, ''));
  } catch {
    return value;
  }
}
