import { readFileSync } from 'node:fs';
import { isFields, object, objects, text, type Fields } from '../../src/dify/json.ts';
import { expectedEvents, framesOf, type WireEvent } from '../replay/frames.ts';
import { recordedFolders } from '../support/recordings.ts';
import { recordedStreams } from '../support/recordedStreams.ts';

/** One event of each kind that was recorded: those with the same members, of whatever value, are of one kind. */
export function recordedEvents(): readonly WireEvent[] {
  const kinds = new Map<string, { readonly event: WireEvent; readonly size: number }>();
  for (const { bytes } of recordedFolders().flatMap(recordedStreams)) {
    for (const event of expectedEvents(framesOf(bytes))) {
      const kind = `${event.event} ${namesIn(event).join(' ')}`;
      const size = JSON.stringify(event).length;
      if (size < (kinds.get(kind)?.size ?? Infinity)) kinds.set(kind, { event, size });
    }
  }
  return [...kinds.values()].map(({ event }) => event);
}

function namesIn(value: Fields, depth = 0): readonly string[] {
  return Object.entries(value).flatMap(([name, member]) => [
    name,
    ...(isFields(member) && depth < 2 ? namesIn(member, depth + 1) : []),
  ]);
}

/** An event of each name that a schema in a copy of Dify's OpenAPI file tells apart, with every member it may have. */
export function schemaEvents(file: string): readonly Fields[] {
  const root = JSON.parse(readFileSync(file, 'utf8')) as Fields;
  const schemas = object(object(root, 'components'), 'schemas');
  return Object.values(schemas).flatMap((schema) => {
    const names = isFields(schema) ? object(object(schema, 'discriminator'), 'mapping') : {};
    return Object.entries(names).map(([event, $ref]) => {
      const value = valueOf({ $ref }, schemas, 0);
      return { ...(isFields(value) ? value : {}), event };
    });
  });
}

/** A value that the schema allows. */
function valueOf(schema: Fields, schemas: Fields, depth: number): unknown {
  const reference = text(schema, '$ref');
  if (reference !== undefined) return valueOf(object(schemas, reference.split('/').at(-1) ?? ''), schemas, depth);
  if (depth > 8) return null;
  const fixed = schema['const'] ?? schema['example'] ?? schema['default'] ?? firstOf(schema['enum']);
  if (fixed !== undefined) return fixed;
  const [choice] = [...objects(schema, 'oneOf'), ...objects(schema, 'anyOf')];
  if (choice !== undefined) return valueOf(choice, schemas, depth + 1);
  const parts = objects(schema, 'allOf').map((part) => valueOf(part, schemas, depth + 1));
  const members = Object.entries(object(schema, 'properties')).map(([name, member]) => [
    name,
    isFields(member) ? valueOf(member, schemas, depth + 1) : null,
  ]);
  if (parts.length + members.length > 0) return Object.assign({}, ...parts, Object.fromEntries(members)) as Fields;
  return plainOf(schema, schemas, depth);
}

function plainOf(schema: Fields, schemas: Fields, depth: number): unknown {
  switch (schema['type']) {
    case 'string':
      return 'text';
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'array':
      return [valueOf(object(schema, 'items'), schemas, depth + 1)];
    default:
      return {};
  }
}

function firstOf(values: unknown): unknown {
  return Array.isArray(values) ? values[0] : undefined;
}
