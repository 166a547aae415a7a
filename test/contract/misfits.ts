import type { Shape } from '../support/jsonShape.ts';

/** In which ways something is not of the learned shape, in sentences. Words of the vocabulary count as strings: others may come. */
export function misfits(learned: Shape, found: Shape, path: string): readonly string[] {
  const allowed = new Set([...learned.types].map(kindOf));
  // Of what was always null nothing is known.
  const isUnknown = allowed.size === 1 && allowed.has('null');
  const wrong = isUnknown ? [] : [...found.types].map(kindOf).filter((type) => !allowed.has(type));
  return [
    ...wrong.map((type) => `${path} is of type ${type}, not ${[...allowed].join(' or ')}`),
    ...(found.types.has('object') && learned.types.has('object') ? keyMisfits(learned, found, path) : []),
    ...(found.items === undefined || learned.items === undefined
      ? []
      : misfits(learned.items, found.items, `${path}[]`)),
  ];
}

function keyMisfits(learned: Shape, found: Shape, path: string): readonly string[] {
  // An object whose keys are the app's own has none.
  if (learned.keys.size === 0 || isFree(path)) return [];
  const missing = [...learned.keys].filter(
    ([key, { optional }]) => !optional && found.keys.get(key)?.optional !== false,
  );
  return [
    ...missing.map(([key]) => `${path}.${key} is missing`),
    ...[...found.keys.keys()].filter((key) => !learned.keys.has(key)).map((key) => `${path}.${key} was never recorded`),
    ...(isOrdered(learned, found) ? [] : [`${path} has keys in the order ${[...found.keys.keys()].join()}`]),
    ...[...found.keys].flatMap(([key, { shape }]) => {
      const known = learned.keys.get(key);
      return known === undefined ? [] : misfits(known.shape, shape, `${path}.${key}`);
    }),
  ];
}

/** Whether there was such an order, of the keys that both have. */
function isOrdered(learned: Shape, found: Shape): boolean {
  const own = [...found.keys.keys()];
  return [...learned.orders].some((order) => {
    const keys = order.split(',');
    return keys.filter((key) => own.includes(key)).join() === own.filter((key) => keys.includes(key)).join();
  });
}

/** What an app's owner decides: the form and the features of its configuration. */
function isFree(path: string): boolean {
  return /\.(?:user_input_form(?:\[\])?|file_upload|text_to_speech|annotation_reply|sensitive_word_avoidance|suggested_questions_after_answer|extras|agent_strategy|metadata\.\w+_length|paths|definitions|responses)$/.test(
    path,
  );
}

function kindOf(type: string): string {
  if (type.startsWith('"')) return 'string';
  return /^\d/.test(type) ? 'number' : type;
}
