import type { DifyClient } from './client.ts';
import { DifyError } from './errors.ts';
import { filled, numeric, object, objectOrJson, objects, text, type Fields } from './json.ts';

/** A run of a workflow or a chatflow as the server keeps it. */
export interface WorkflowRun {
  readonly id: string;
  readonly workflow_id: string;
  /**
   * `running`, `succeeded`, `failed`, `stopped`, `partial-succeeded` (a success with handled errors), `paused`. `running` is no sign
   * of life: a stopped run, and one whose worker died, say so for ever.
   */
  readonly status: string;
  /** With the `sys.*` values; empty where they cannot be read. */
  readonly inputs: Fields;
  readonly outputs: Fields;
  readonly error: string | undefined;
  readonly total_steps: number | undefined;
  readonly total_tokens: number | undefined;
  /** Whole seconds since 1970. */
  readonly created_at: number | undefined;
  readonly finished_at: number | undefined;
  /** Seconds; of a run that was resumed, of its last part only. */
  readonly elapsed_time: number | undefined;
}

/**
 * A run by its id, whoever started it.
 *
 * @throws {DifyError} `notFound`, also where Dify 1.11 answers 200 with nothing but nulls; `rejected` with code `not_workflow_app`;
 *   `server` for an id that is no UUID
 * @see https://docs.dify.ai/en/api-reference/workflow-runs/get-workflow-run-detail
 */
export async function getRun(client: DifyClient, id: string, signal: AbortSignal): Promise<WorkflowRun> {
  const { fields } = await client.get(`/workflows/run/${encodeURIComponent(id)}`, {}, signal);
  const found = filled(fields, 'id');
  if (found === undefined) throw new DifyError('notFound', 'The run does not exist', { status: 200 });
  return {
    id: found,
    workflow_id: text(fields, 'workflow_id') ?? '',
    status: text(fields, 'status') ?? '',
    inputs: objectOrJson(fields, 'inputs'),
    outputs: objectOrJson(fields, 'outputs'),
    error: filled(fields, 'error'),
    total_steps: numeric(fields, 'total_steps'),
    total_tokens: numeric(fields, 'total_tokens'),
    created_at: numeric(fields, 'created_at'),
    finished_at: numeric(fields, 'finished_at'),
    elapsed_time: numeric(fields, 'elapsed_time'),
  };
}

/** What the log knows of a run: no inputs and no outputs. */
export interface LoggedRun {
  readonly id: string;
  /** When the version that ran was published, as text. */
  readonly version: string;
  readonly status: string;
  readonly triggered_from: string;
  readonly error: string | undefined;
  /** Seconds. */
  readonly elapsed_time: number | undefined;
  readonly total_tokens: number | undefined;
  readonly total_steps: number | undefined;
  readonly created_at: number | undefined;
  readonly finished_at: number | undefined;
  /** Errors that the workflow handled itself. */
  readonly exceptions_count: number | undefined;
}

/** One entry of the app's log. */
export interface WorkflowLog {
  readonly id: string;
  readonly workflow_run: LoggedRun;
  /** `service-api`, `web-app`, `installed-app` … */
  readonly created_from: string;
  /** `end_user` or `account`. */
  readonly created_by_role: string;
  readonly created_by_account: Fields | undefined;
  readonly created_by_end_user: LogUser | undefined;
  /** Whole seconds since 1970. */
  readonly created_at: number;
  readonly details: Fields | undefined;
}

export interface LogUser {
  readonly id: string;
  readonly type: string;
  readonly is_anonymous: boolean;
  /** The `user` that was sent. */
  readonly session_id: string;
}

/** Which runs. Times are ISO 8601. */
export interface LogQuery {
  /** From 1 on. */
  readonly page?: number;
  readonly keyword?: string;
  readonly status?: 'succeeded' | 'failed' | 'stopped';
  readonly created_at__before?: string;
  readonly created_at__after?: string;
  /** The `user` of the runs. */
  readonly created_by_end_user_session_id?: string;
  /** The e-mail address of a member of the team. */
  readonly created_by_account?: string;
}

export interface LogsPage {
  readonly logs: readonly WorkflowLog[];
  readonly page: number;
  readonly total: number;
  readonly hasMore: boolean;
}

/**
 * A page of 100 runs of the app, of all its users unless asked otherwise, the newest first. The only way to the id of a run whose
 * call was given up.
 *
 * @throws {DifyError}
 * @see https://docs.dify.ai/en/api-reference/workflow-runs/list-workflow-logs
 */
export async function getLogs(client: DifyClient, query: LogQuery, signal: AbortSignal): Promise<LogsPage> {
  const { page = 1, ...filters } = query;
  const given = Object.entries(filters).filter(([, value]) => value !== '');
  const asked = { page: String(page), limit: '100', ...Object.fromEntries(given) };
  const { fields } = await client.get('/workflows/logs', asked, signal);
  return {
    logs: objects(fields, 'data').map(readLog),
    page: numeric(fields, 'page') ?? page,
    total: numeric(fields, 'total') ?? 0,
    hasMore: fields['has_more'] === true,
  };
}

function readLog(fields: Fields): WorkflowLog {
  const user = object(fields, 'created_by_end_user');
  return {
    id: text(fields, 'id') ?? '',
    workflow_run: readLoggedRun(object(fields, 'workflow_run')),
    created_from: text(fields, 'created_from') ?? '',
    created_by_role: text(fields, 'created_by_role') ?? '',
    created_by_account: present(object(fields, 'created_by_account')),
    created_by_end_user: present(user) && readLogUser(user),
    created_at: numeric(fields, 'created_at') ?? 0,
    details: present(object(fields, 'details')),
  };
}

function readLoggedRun(run: Fields): LoggedRun {
  return {
    id: text(run, 'id') ?? '',
    version: text(run, 'version') ?? '',
    status: text(run, 'status') ?? '',
    triggered_from: text(run, 'triggered_from') ?? '',
    error: filled(run, 'error'),
    elapsed_time: numeric(run, 'elapsed_time'),
    total_tokens: numeric(run, 'total_tokens'),
    total_steps: numeric(run, 'total_steps'),
    created_at: numeric(run, 'created_at'),
    finished_at: numeric(run, 'finished_at'),
    exceptions_count: numeric(run, 'exceptions_count'),
  };
}

function readLogUser(user: Fields): LogUser {
  return {
    id: text(user, 'id') ?? '',
    type: text(user, 'type') ?? '',
    is_anonymous: user['is_anonymous'] === true,
    session_id: text(user, 'session_id') ?? '',
  };
}

function present(fields: Fields): Fields | undefined {
  return Object.keys(fields).length === 0 ? undefined : fields;
}
