import { normalizedUuid } from './uuid.ts';

/** What a path must be like: `/v1/conversations/<uuid:c_id>`, `/v1/chat-messages/<string:task_id>/stop`. */
export interface Routed {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
}

export type Match<Route extends Routed> =
  | { readonly type: 'found'; readonly route: Route; readonly parameters: readonly string[] }
  /** The path exists, for these methods. */
  | { readonly type: 'otherMethods'; readonly methods: readonly string[] }
  | { readonly type: 'unknown' };

/** The table, its paths taken apart once. */
export function compiled<Route extends Routed>(
  routes: readonly Route[],
): (method: string, path: string) => Match<Route> {
  const table = routes.map((route) => ({ route, pattern: route.path.split('/') }));
  return (method, path) => {
    const segments = path.split('/');
    const here = table.flatMap(({ route, pattern }) => {
      const parameters = parametersOf(pattern, segments);
      return parameters === undefined ? [] : [{ route, parameters }];
    });
    const found = here.find(({ route }) => route.method === (method === 'HEAD' ? 'GET' : method));
    if (found !== undefined) return { type: 'found', ...found };
    if (here.length === 0) return { type: 'unknown' };
    return { type: 'otherMethods', methods: here.flatMap(({ route }) => allowed(route.method)) };
  };
}

function allowed(method: Routed['method']): readonly string[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}

/** The values of the pattern's parameters, or undefined if the path does not fit. A malformed id does not fit. */
function parametersOf(pattern: readonly string[], segments: readonly string[]): readonly string[] | undefined {
  if (pattern.length !== segments.length) return undefined;
  const values: string[] = [];
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (!part.startsWith('<')) {
      if (part !== segment) return undefined;
      continue;
    }
    const value = part.startsWith('<uuid:') ? hyphenated(segment) : decoded(segment);
    if (value === undefined || value === '') return undefined;
    values.push(value);
  }
  return values;
}

function hyphenated(segment: string): string | undefined {
  return segment.length === 36 ? normalizedUuid(segment) : undefined;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
