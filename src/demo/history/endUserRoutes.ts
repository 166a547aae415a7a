import { seconds } from '../clock.ts';
import { ApiError, appUnavailable } from '../http/errors.ts';
import { isoTime } from './feedbacks.ts';
import { restResponse } from '../http/responses.ts';
import type { Call, Route } from '../routes.ts';

export const endUserRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/end-users/<uuid:end_user_id>',
    user: 'none',
    wrongMode: appUnavailable,
    exists: ({ showsEndUsers }) => showsEndUsers,
    answer: showEndUser,
  },
];

function showEndUser({ app, parameters, server }: Call): Response {
  const found = server.endUsers.find(parameters[0] ?? '');
  if (found?.app.key !== app.key) throw new ApiError(404, 'end_user_not_found', 'End user not found.');
  return restResponse({
    id: found.id,
    tenant_id: server.ids.of('tenant'),
    app_id: server.ids.of('app', app.key),
    type: 'service-api',
    external_user_id: found.user,
    name: null,
    is_anonymous: false,
    session_id: found.user,
    created_at: isoTime(seconds(found.createdAt)),
    updated_at: isoTime(seconds(found.createdAt)),
  });
}
