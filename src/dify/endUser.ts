import type { DifyClient } from './client.ts';
import { filled, text } from './json.ts';

/** Whom the server knows as the author of a message, an upload or a run. */
export interface EndUser {
  readonly id: string;
  readonly tenant_id: string;
  readonly app_id: string | undefined;
  /** `service-api` for users of this API. */
  readonly type: string;
  /** The `user` that was sent. */
  readonly external_user_id: string | undefined;
  readonly name: string | undefined;
  readonly is_anonymous: boolean;
  readonly session_id: string;
  /** ISO 8601. */
  readonly created_at: string;
  readonly updated_at: string;
}

/**
 * An end user of the app by the id in `created_by` of an upload. Dify 1.11 has no such endpoint (`notDify`).
 *
 * @throws {DifyError} `notFound`
 * @see https://docs.dify.ai/en/api-reference/end-users/get-end-user-info
 */
export async function getEndUser(client: DifyClient, id: string, signal: AbortSignal): Promise<EndUser> {
  const { fields } = await client.get(`/end-users/${encodeURIComponent(id)}`, {}, signal);
  return {
    id: text(fields, 'id') ?? '',
    tenant_id: text(fields, 'tenant_id') ?? '',
    app_id: filled(fields, 'app_id'),
    type: text(fields, 'type') ?? '',
    external_user_id: filled(fields, 'external_user_id'),
    name: filled(fields, 'name'),
    is_anonymous: fields['is_anonymous'] === true,
    session_id: text(fields, 'session_id') ?? '',
    created_at: text(fields, 'created_at') ?? '',
    updated_at: text(fields, 'updated_at') ?? '',
  };
}
