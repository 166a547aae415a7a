/** What JSON values of one kind look like: types and keys, without ids, times, counts and words. */
export interface Shape {
  /** Names of types; a word of a fixed vocabulary stands as itself, in quotes. */
  readonly types: ReadonlySet<string>;
  /** Of objects, in the order written. */
  readonly keys: ReadonlyMap<string, { readonly shape: Shape; readonly optional: boolean }>;
  /** Every order of keys that there was, joined by commas. */
  readonly orders: ReadonlySet<string>;
  /** Of arrays: all elements in one, undefined when all were empty. */
  readonly items: Shape | undefined;
}

/** Keys whose values are words of Dify's own. */
const vocabulary = new Set(
  [
    'event',
    'status',
    'mode',
    'type',
    'TYPE',
    'node_type',
    'code',
    'reason',
    'result',
    'rating',
    'belongs_to',
    'currency',
  ]
    .concat(['transfer_method', 'value_type', 'data_source_type', 'retriever_from', 'icon_type', 'from_source'])
    .concat(['dify_model_identity', 'button_style']),
);

/** Objects whose keys are an app's own: an object is all that can be said of them. */
const freeForm = new RegExp(
  '(?:^|\\.)(?:inputs|outputs|process_data|tool_labels|tool_icons|resolved_default_values|submitted_data|' +
    'iterator_selector|(?:iteration|loop)_(?:duration|variable)_map|pre_loop_output|json_schema|data\\.data)$',
);

/** @param path Where the value stands, keys joined by dots. */
export function shapeOf(value: unknown, path = ''): Shape {
  if (Array.isArray(value)) {
    const elements = value.map((element: unknown) => shapeOf(element, path));
    return { ...plain('array'), items: elements.length === 0 ? undefined : merged(elements) };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = freeForm.test(path) ? [] : Object.entries(value);
    const keys = entries.map(([key, each]) => {
      const shape = shapeOf(each, path === '' ? key : `${path}.${key}`);
      return [key, { shape, optional: false }] as const;
    });
    return { ...plain('object'), keys: new Map(keys), orders: new Set([entries.map(([key]) => key).join()]) };
  }
  return plain(scalarType(value, path));
}

function plain(type: string): Shape {
  return { types: new Set([type]), keys: new Map(), orders: new Set(), items: undefined };
}

function scalarType(value: unknown, path: string): string {
  if (value === null) return 'null';
  const isWord = typeof value === 'string' || typeof value === 'number';
  return isWord && vocabulary.has(path.slice(path.lastIndexOf('.') + 1)) ? JSON.stringify(value) : typeof value;
}

/** What fits any of the shapes. */
export function merged(shapes: readonly Shape[]): Shape {
  const objects = shapes.filter(({ types }) => types.has('object'));
  const items = shapes.flatMap((shape) => shape.items ?? []);
  return {
    types: new Set(shapes.flatMap(({ types }) => [...types])),
    keys: new Map(
      mergedOrder(objects.map(({ keys }) => [...keys.keys()])).map((key) => {
        const found = objects.flatMap(({ keys }) => keys.get(key) ?? []);
        const optional = found.length < objects.length || found.some((each) => each.optional);
        return [key, { shape: merged(found.map(({ shape }) => shape)), optional }];
      }),
    ),
    orders: new Set(shapes.flatMap(({ orders }) => [...orders])),
    items: items.length === 0 ? undefined : merged(items),
  };
}

/** All keys, each behind those that it followed. */
function mergedOrder(lists: readonly (readonly string[])[]): readonly string[] {
  const order: string[] = [];
  for (const list of lists) {
    let at = 0;
    for (const key of list) {
      const known = order.indexOf(key);
      if (known === -1) order.splice(at, 0, key);
      at = known === -1 ? at + 1 : Math.max(at, known + 1);
    }
  }
  return order;
}

/** In which ways two shapes are not the same, as sentences about `there` (the real server) and `here`. */
export function shapeDifferences(theirs: Shape, ours: Shape, path: string): readonly string[] {
  const types = [listed(theirs.types), listed(ours.types)];
  if (types[0] !== types[1]) return [`${path}: ${types[1]} here, ${types[0]} there`];
  const shared = [...theirs.keys].flatMap(([key, { shape }]) => {
    const own = ours.keys.get(key);
    return own === undefined ? [] : shapeDifferences(shape, own.shape, `${path}.${key}`);
  });
  return [...keyDifferences(theirs, ours, path), ...shared, ...itemDifferences(theirs, ours, path)];
}

function keyDifferences(theirs: Shape, ours: Shape, path: string): readonly string[] {
  const missing = [...theirs.keys.keys()].filter((key) => !ours.keys.has(key));
  const extra = [...ours.keys.keys()].filter((key) => !theirs.keys.has(key));
  const inOrder = [...theirs.keys.keys()].filter((key) => ours.keys.has(key));
  const order = [...ours.keys.keys()].filter((key) => theirs.keys.has(key));
  return [
    ...missing.map((key) => `${path}.${key}: missing here`),
    ...extra.map((key) => `${path}.${key}: not there`),
    ...(order.join() === inOrder.join() ? [] : [`${path}: keys ${order.join()} here, ${inOrder.join()} there`]),
  ];
}

function itemDifferences(theirs: Shape, ours: Shape, path: string): readonly string[] {
  if (theirs.items !== undefined && ours.items !== undefined) {
    return shapeDifferences(theirs.items, ours.items, `${path}[]`);
  }
  if (theirs.items === ours.items) return [];
  return [
    `${path}: ${ours.items === undefined ? 'empty' : 'not empty'} here, ${theirs.items === undefined ? 'empty' : 'not empty'} there`,
  ];
}

function listed(types: ReadonlySet<string>): string {
  return [...types].toSorted().join('|');
}
