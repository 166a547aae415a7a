import type { Check } from './schema.ts';

/**
 * The id in Dify's form (lower case, hyphens), or undefined if it is none. Takes what Python's `UUID()` takes: upper case, braces,
 * `urn:uuid:`, no hyphens.
 */
export function normalizedUuid(value: string): string | undefined {
  const digits = value
    .replaceAll('urn:', '')
    .replaceAll('uuid:', '')
    .replaceAll(/^[{}]+|[{}]+$/g, '')
    .replaceAll('-', '')
    .toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(digits)) return undefined;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A query parameter that newer servers take as any text and check themselves; empty means absent. */
export const lenientUuid: Check = (value) =>
  typeof value === 'string' && (value === '' || normalizedUuid(value) !== undefined)
    ? undefined
    : { type: 'value_error', text: 'Value error, must be a valid UUID' };

/** A query parameter of pydantic's own UUID type, as older servers declare it. */
export const strictUuid: Check = (value) => {
  const fault = typeof value === 'string' ? uuidFault(value) : 'not a string';
  return fault === undefined ? undefined : { type: 'uuid_parsing', text: `Input should be a valid UUID, ${fault}` };
};

/** What is wrong with the text, in the words of the `uuid` crate that pydantic uses. */
function uuidFault(value: string): string | undefined {
  const stranger = /[^0-9a-f-]/iu.exec(value);
  if (stranger !== null) {
    return `invalid character: expected an optional prefix of \`urn:uuid:\` followed by [0-9a-fA-F-], found \`${stranger[0]}\` at ${stranger.index + 1}`;
  }
  const groups = value.split('-');
  if (groups.length === 1) {
    return value.length === 32
      ? undefined
      : `invalid length: expected length 32 for simple format, found ${value.length}`;
  }
  if (groups.length !== 5) return `invalid group count: expected 5, found ${groups.length}`;
  const lengths = [8, 4, 4, 4, 12];
  const wrong = groups.findIndex((group, index) => group.length !== lengths[index]);
  if (wrong < 0) return undefined;
  return `invalid group length in group ${wrong}: expected ${lengths[wrong]}, found ${groups[wrong]?.length}`;
}
