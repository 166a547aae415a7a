/** Types that a conversation variable can have. */
export type VariableType =
  | 'string'
  | 'number'
  | 'object'
  | 'boolean'
  | 'array[string]'
  | 'array[number]'
  | 'array[object]'
  | 'array[boolean]';

/** The server's name for the type of a value; it knows more of them than a variable can have. */
export function variableType(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return listType(value);
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'float';
  return typeof value;
}

function listType(items: readonly unknown[]): string {
  const types = new Set(items.map((item) => variableType(item).replace(/^(?:integer|float)$/, 'number')));
  const [only] = types;
  return types.size === 1 ? `array[${only}]` : 'array[any]';
}
