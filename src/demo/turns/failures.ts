import { ApiError, internalServerError } from '../http/errors.ts';
import { modelMessage, pluginMessage } from './modelMessage.ts';
import { ModelError } from './textSource.ts';

/** How a stream tells of a model's failure. */
export function streamFailure(error: unknown): ApiError {
  return apiError(error, modelMessage);
}

/** How a blocking call tells of it. */
export function blockingFailure(error: unknown, uuid: () => string): ApiError {
  return apiError(error, (failed) => pluginMessage(failed, uuid));
}

/** All that a new agent tells of any failure. */
export function agentFailure(): ApiError {
  return new ApiError(500, 'internal_server_error', 'Internal Server Error, please contact support.');
}

function apiError(error: unknown, messageOf: (error: ModelError) => string): ApiError {
  if (error instanceof ApiError) return error;
  if (!(error instanceof ModelError)) return internalServerError();
  return new ApiError(400, error.code, error.code === 'invalid_param' ? messageOf(error) : error.message);
}
