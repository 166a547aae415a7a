/** What `JSON.parse` may give for `{…}`. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether the value is a JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value that the text is in JSON, or `undefined` if it is not JSON. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Not JSON is an answer here, not a failure: callers say what they expected.
    return undefined;
  }
}

/** The member if it is text, else `undefined`. Dify leaves members out, sends null, and sends numbers for text. */
export function text(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  return typeof value === 'string' ? value : undefined;
}

/** The member if it is text that is not empty. */
export function filled(fields: Fields, key: string): string | undefined {
  return text(fields, key) || undefined;
}

/** The member as a number; text that reads as one counts. */
export function numeric(fields: Fields, key: string): number | undefined {
  const value = fields[key];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Whether the member is switched on: true, or the word `enabled`, which Dify uses in places. */
export function flag(fields: Fields, key: string): boolean {
  return fields[key] === true || fields[key] === 'enabled';
}

/** The member if it is an object, else an empty one. */
export function object(fields: Fields, key: string): Fields {
  const value = fields[key];
  return isFields(value) ? value : {};
}

/** The objects of the member if it is an array, else none. */
export function objects(fields: Fields, key: string): readonly Fields[] {
  const value = fields[key];
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** The member if it is an object, or text that reads as one: Dify 1.11 keeps some objects as JSON text. */
export function objectOrJson(fields: Fields, key: string): Fields {
  const json = text(fields, key);
  const value = json === undefined ? fields[key] : parseJson(json);
  return isFields(value) ? value : {};
}

/** The texts of the member if it is an array, else none. */
export function texts(fields: Fields, key: string): readonly string[] {
  const value = fields[key];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
