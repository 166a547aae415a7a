import { invalidParam, unknownError, unreadableBody, unsupportedMediaType } from './errors.ts';
import { type FormPart, fieldOf, formOf } from '../files/multipart.ts';
import { isFalsy, lengthOf, repr } from './python.ts';

/** A JSON object from outside, its members unknown. */
export type Body = Readonly<Record<string, unknown>>;

/** Where a route finds its `user`, and whether it insists on one. */
export type UserRule = 'none' | 'query' | 'queryRequired' | 'form' | 'body' | 'bodyRequired';

export interface Caller {
  readonly user: string;
  /** {} for a route that reads none. */
  readonly body: Body;
  /** [] for a route that reads none. */
  readonly form: readonly FormPart[];
}

/** All who send no user are one. */
const nobody = 'DEFAULT-USER';

/**
 * Reads the body and the end user, in this order, as the server's decorator does before the route is entered.
 *
 * @throws {ApiError} 415 and 400 for an unreadable body, 500 for JSON that is no object, 400 for a missing user.
 */
export async function callerOf(request: Request, rule: UserRule): Promise<Caller> {
  const { body = {}, form = [], user: sent } = await read(request, rule);
  const user = userOf(sent);
  if (user === undefined && rule.endsWith('Required')) throw invalidParam('Arg user must be provided.');
  return { user: user ?? nobody, body, form };
}

interface Read extends Partial<Pick<Caller, 'body' | 'form'>> {
  readonly user?: unknown;
}

async function read(request: Request, rule: UserRule): Promise<Read> {
  switch (rule) {
    case 'none':
      return {};
    case 'query':
    case 'queryRequired':
      return { user: new URL(request.url).searchParams.get('user') };
    case 'form': {
      const form = await formOf(request);
      return { form, user: fieldOf(form, 'user') };
    }
    case 'body':
    case 'bodyRequired': {
      const body = await jsonObject(request);
      return { body, user: body['user'] };
    }
  }
}

function userOf(value: unknown): string | undefined {
  if (isFalsy(value)) return undefined;
  const user = typeof value === 'string' ? value : repr(value);
  // The column holds 255 characters.
  if (lengthOf(user) > 255) throw unknownError();
  return user;
}

async function jsonObject(request: Request): Promise<Body> {
  const type = (request.headers.get('Content-Type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!/^application\/(?:json|.+\+json)$/.test(type)) throw unsupportedMediaType();
  const value = parsed(await request.arrayBuffer());
  if (!isObject(value)) throw unknownError();
  return value;
}

function parsed(bytes: ArrayBuffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return JSON.parse(text, wellFormed);
  } catch {
    throw unreadableBody();
  }
}

/** The server refuses half a surrogate pair, which JavaScript takes. */
function wellFormed(_key: string, value: unknown): unknown {
  if (typeof value === 'string' && !value.isWellFormed()) throw new SyntaxError('A lone surrogate.');
  return value;
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
