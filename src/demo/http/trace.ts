import { badRequest } from './errors.ts';
import { lengthOf } from './python.ts';
import type { Call } from '../routes.ts';

/**
 * Looks at the session that a caller wants its traces filed under: header, query or body, in this order. Only newer servers know it.
 *
 * @throws {ApiError} 400 if it is blank or too long.
 */
export function checkTraceSession({ body, query, request, server }: Call): void {
  if (!server.generation.checksTraceSession) return;
  const sent = request.headers.get('X-Trace-Session-Id') ?? query.get('trace_session_id') ?? body['trace_session_id'];
  if (typeof sent !== 'string' || sent === '') return;
  const length = lengthOf(sent.trim());
  if (length < 1 || length > 200) throw badRequest('trace_session_id must be 1 to 200 characters after trimming.');
}
