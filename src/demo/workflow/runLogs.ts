import { seconds } from '../clock.ts';
import { invalidParam } from '../http/errors.ts';
import { restResponse } from '../http/responses.ts';
import { checkedQuery } from '../http/paging.ts';
import { compactJson } from '../http/python.ts';
import type { Call } from '../routes.ts';
import { oneOf, wholeNumber } from '../http/schema.ts';
import type { RunRecord } from './runs.ts';

/** `GET /workflows/logs`: the runs of all users, the newest first. */
export function listRuns(call: Call): Response {
  const query = checkedQuery(call, 'WorkflowLogQuery', [
    { name: 'status', check: oneOf('succeeded', 'failed', 'stopped') },
    { name: 'page', check: wholeNumber(1, 99_999) },
    { name: 'limit', check: wholeNumber(1, 100) },
  ]);
  const page = Number(query.get('page') ?? 1);
  const limit = Number(query.get('limit') ?? 20);
  const found = call.server.runs.of(call.app).filter(matching(query)).toReversed();
  const data = found.slice((page - 1) * limit, page * limit).map(logItem);
  return restResponse({ page, limit, total: found.length, has_more: found.length > page * limit, data });
}

/** @throws {ApiError} 400 for a time that is none and for an account that is not there. */
function matching(query: ReadonlyMap<string, string>): (record: RunRecord) => boolean {
  const before = timeIn(query.get('created_at__before'), Infinity);
  const after = timeIn(query.get('created_at__after'), -Infinity);
  const keyword = query.get('keyword') ?? '';
  const status = query.get('status') ?? '';
  const user = query.get('created_by_end_user_session_id') ?? '';
  const account = query.get('created_by_account') ?? '';
  if (account !== '' && account !== ownersAddress) throw invalidParam(`Account not found: ${account}`);
  return ({ run }) =>
    account === '' &&
    (status === '' || run.status === status) &&
    (user === '' || run.options.user === user) &&
    run.createdAt <= before &&
    run.createdAt >= after &&
    (keyword === '' || compactJson([run.options.inputs, run.outputs]).includes(keyword));
}

/** The workspace's only account. It has run nothing through the API. */
const ownersAddress = 'admin@example.com';

/** @throws {ApiError} 400 in the words of the server's parser. */
function timeIn(text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') return otherwise;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw invalidParam(`invalid literal for int() with base 10: b'${text.slice(0, 4)}'`);
  return time;
}

function logItem({ logId, run }: RunRecord): object {
  const { endUserId, user, version } = run.options;
  return {
    id: logId,
    workflow_run: {
      id: run.id,
      version: version.publishedAt ?? '2026-01-01 00:00:00.000000',
      status: run.status,
      triggered_from: 'app-run',
      error: run.error,
      elapsed_time: run.finishedAt === undefined ? 0 : run.elapsed(),
      total_tokens: run.totalTokens,
      total_steps: run.totalSteps,
      created_at: seconds(run.createdAt),
      finished_at: run.finishedAt === undefined ? null : seconds(run.finishedAt),
      exceptions_count: run.exceptionsCount,
    },
    details: null,
    created_from: 'service-api',
    created_by_role: 'end_user',
    created_by_account: null,
    created_by_end_user: { id: endUserId, type: 'service-api', is_anonymous: false, session_id: user },
    created_at: seconds(run.createdAt),
  };
}
