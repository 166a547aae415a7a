import * as fc from 'fast-check';

/** One change to one member, at any depth. */
export interface Change {
  /** Which member: its number, modulo how many there are. */
  readonly at: number;
  /** An added member's name; else the member itself is replaced, or, by `undefined`, left out. */
  readonly added: string | undefined;
  readonly value: unknown;
}

const deep = JSON.parse('['.repeat(500) + ']'.repeat(500)) as unknown;
const oddValues = [
  undefined,
  null,
  '',
  'text',
  '0E-7',
  '{"a":',
  '\uD800',
  0,
  -1,
  1e308,
  true,
  [],
  [null],
  {},
  [{}],
  deep,
];
const oddNames = ['extra', '', '0', '__proto__', 'constructor', 'toString', 'length', 'event', 'data', 'url'];

export const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  added: fc.option(fc.constantFrom(...oddNames), { nil: undefined, freq: 3 }),
  value: fc.oneof(fc.constantFrom(...oddValues), fc.jsonValue({ maxDepth: 2 })),
});

/** The object itself, with the change made. */
export function changed<Object extends object>(event: Object, { at, added, value: odd }: Change): Object {
  const value = odd === deep ? deep : structuredClone(odd);
  const places = placesIn(event);
  const [owner, name] = places[at % places.length] ?? [event, 'event'];
  if (added !== undefined && Array.isArray(owner)) owner.push(value);
  else if (added === undefined && value === undefined) Reflect.deleteProperty(owner, name);
  // A member of this name is no prototype, as in what JSON.parse gives.
  else Object.defineProperty(owner, added ?? name, { value, enumerable: true, configurable: true, writable: true });
  return event;
}

/** Every member at every depth: the object or array, and the name in it. */
function placesIn(owner: object): readonly (readonly [object, string])[] {
  return Object.entries(owner).flatMap(([name, member]: [string, unknown]) => [
    [owner, name] as const,
    ...(typeof member === 'object' && member !== null && member !== deep ? placesIn(member) : []),
  ]);
}
