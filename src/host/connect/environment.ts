import { baseUrlOf } from './baseUrl.ts';

/** Apps that the environment names, such as one that a team's start script sets. Nothing is sent there before the person agrees. */
export interface OfferedApps {
  readonly baseUrl: string;
  readonly keys: readonly string[];
}

/** What `DIFY_BASE_URL` with `DIFY_API_KEYS` (separated by commas) or `DIFY_API_KEY` names; `undefined` if nothing or nonsense. */
export function offeredApps(environment: Readonly<Record<string, string | undefined>>): OfferedApps | undefined {
  const baseUrl = baseUrlOf(environment['DIFY_BASE_URL'] ?? '');
  const listed = environment['DIFY_API_KEYS'] ?? environment['DIFY_API_KEY'] ?? '';
  const keys = listed.split(',').map((key) => key.trim());
  const filled = keys.filter((key) => key !== '');
  return baseUrl === undefined || filled.length === 0 ? undefined : { baseUrl, keys: [...new Set(filled)] };
}
