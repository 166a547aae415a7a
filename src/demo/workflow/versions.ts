import { ApiError, badRequest, invalidParam } from '../http/errors.ts';
import type { Call } from '../routes.ts';
import { normalizedUuid } from '../http/uuid.ts';
import type { Version, Workflow } from './published.ts';

/**
 * The version that a call names, or the latest.
 *
 * @throws {ApiError} 400 if there is none, for the draft and for what is no id; 404 for an unknown one.
 */
export function versionFor({ app }: Call, id: string | undefined): Version {
  const { workflow } = app;
  if (id !== undefined && id !== '') return versionById(workflow, id);
  const latest = workflow?.versions.at(-1);
  if (latest === undefined) throw invalidParam('Workflow not published');
  return latest;
}

function versionById(workflow: Workflow | undefined, id: string): Version {
  const wanted = normalizedUuid(id);
  if (wanted === undefined) throw badRequest(`Invalid workflow_id format: '${id}'. `);
  if (wanted === workflow?.draftId) {
    throw badRequest(
      `Cannot use draft workflow version. Workflow ID: ${wanted}. Please use a published workflow version or leave workflow_id empty.`,
    );
  }
  const version = workflow?.versions.find((each) => each.id === wanted);
  if (version === undefined) throw new ApiError(404, 'not_found', `Workflow not found with id: ${wanted}`);
  return version;
}
