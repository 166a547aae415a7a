import type { App, AppState } from '../apps.ts';
import { type ApiError, forbidden, unauthorized } from './errors.ts';
import type { Apps } from '../owner.ts';

/**
 * The app whose key the request carries.
 *
 * @throws {ApiError} 401 for a missing or unknown key, 403 for an app that may not be used.
 */
export function authenticated(request: Request, apps: Apps): App {
  const header = request.headers.get('Authorization') ?? '';
  if (!header.includes(' ')) {
    throw unauthorized("Authorization header must be provided and start with 'Bearer'");
  }
  const [scheme = '', ...rest] = header.trim().split(/\s+/);
  if (scheme.toLowerCase() !== 'bearer') throw unauthorized("Authorization scheme must be 'Bearer'");
  const app = apps.opened(rest.join(' '));
  if (app === undefined) throw unauthorized('Access token is invalid');
  const refusal = refusals[app.state ?? 'normal'];
  if (refusal !== undefined) throw refusal();
  return app;
}

const refusals = {
  normal: undefined,
  gone: () => forbidden('The app no longer exists.'),
  abnormal: () => forbidden("The app's status is abnormal."),
  apiDisabled: () => forbidden("The app's API service has been disabled."),
  workspaceArchived: () => forbidden("The workspace's status is archived."),
} satisfies Record<AppState, (() => ApiError) | undefined>;
