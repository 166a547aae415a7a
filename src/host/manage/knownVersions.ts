import type { Conversation } from '../../conversation/conversation.ts';
import type { DifyClient } from '../../dify/client.ts';
import { getLogs, getRun, type LoggedRun, type WorkflowRun } from '../../dify/runs.ts';

/** A published version of a workflow or a chatflow that was run. */
export interface KnownVersion {
  /** Dify's `workflow_id`. */
  readonly id: string;
  /** When it was published, as the server's log has it; '' where nobody knows. */
  readonly published: string;
  /** When it was run last, as far as it is known, in milliseconds since 1970. */
  readonly ranAt: number | undefined;
}

/** So many runs are looked at: each costs a request. */
const most = 12;

/**
 * Versions that were run, those run last first. The API lists none: a workflow's log names one run of each, and of a chatflow there are
 * the runs that are kept on this computer.
 *
 * @throws {DifyError} if the log cannot be read
 */
export async function knownVersions(
  client: DifyClient,
  kept: readonly Conversation[],
  signal: AbortSignal,
): Promise<readonly KnownVersion[]> {
  const { logs } = await getLogs(client, {}, signal);
  const published = newestOfEach(logs.map(({ workflow_run: run }) => run));
  const own = kept.flatMap(({ messages }) => messages.map(({ run }) => run.runId)).filter((id) => id !== undefined);
  const runs = new Map([
    ...own.slice(-most).map((id) => [id, ''] as const),
    ...published.slice(0, most).map(({ id, version }) => [id, version] as const),
  ]);
  const read = await Promise.allSettled([...runs].map(([id]) => getRun(client, id, signal)));
  const versions = new Map<string, KnownVersion>();
  // A run that is gone tells nothing.
  for (const one of read) if (one.status === 'fulfilled') note(versions, one.value, runs.get(one.value.id) ?? '');
  return [...versions.values()].toSorted((one, other) => (other.ranAt ?? 0) - (one.ranAt ?? 0));
}

/** One run of each version. What was tried in Dify's editor ran the draft, which nobody else can. */
function newestOfEach(runs: readonly LoggedRun[]): readonly LoggedRun[] {
  const ran = runs.filter(({ version }) => version !== '' && version !== 'draft');
  return [...new Map(ran.toReversed().map((run) => [run.version, run])).values()];
}

function note(
  versions: Map<string, KnownVersion>,
  { workflow_id: id, created_at: at }: WorkflowRun,
  published: string,
): void {
  const known = versions.get(id);
  if (id === '') return;
  const ranAt = Math.max(known?.ranAt ?? 0, (at ?? 0) * 1_000) || undefined;
  versions.set(id, { id, published: published || (known?.published ?? ''), ranAt });
}

/** Whether it is an id as Dify's versions have it: a UUID. */
export function isVersionId(text: string): boolean {
  return /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(text.trim());
}
