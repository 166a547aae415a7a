/** An answer that is an error: Dify's envelope of code, message and HTTP status. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Key order differs for what nobody foresaw. */
  body(): object {
    const { code, message, status } = this;
    return code === 'unknown' ? { message, code, status } : { code, message, status };
  }
}

export function invalidParam(message: string): ApiError {
  return new ApiError(400, 'invalid_param', message);
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'bad_request', message);
}

/** A remote file whose host does not answer: the server has asked three times, and it took so many ms. */
export class UnreachableFile extends ApiError {
  readonly took = 3500;

  constructor(url: string) {
    super(400, 'invalid_param', `Reached maximum retries (3) for URL ${url}`);
  }
}

export function unreadableBody(): ApiError {
  return badRequest('The browser (or proxy) sent a request that this server could not understand.');
}

export function unauthorized(message: string): ApiError {
  return new ApiError(401, 'unauthorized', message);
}

export function forbidden(message: string): ApiError {
  return new ApiError(403, 'forbidden', message);
}

export function notFound(message: string): ApiError {
  return new ApiError(404, 'not_found', message);
}

export function methodNotAllowed(): ApiError {
  return new ApiError(405, 'method_not_allowed', 'The method is not allowed for the requested URL.');
}

export function unsupportedMediaType(): ApiError {
  return new ApiError(
    415,
    'unsupported_media_type',
    "Did not attempt to load JSON data because the request Content-Type was not 'application/json'.",
  );
}

export function appUnavailable(): ApiError {
  return new ApiError(400, 'app_unavailable', 'App unavailable, please check your app configurations.');
}

export function notChatApp(): ApiError {
  return new ApiError(400, 'not_chat_app', 'Please check if your app mode matches the right API route.');
}

export function notWorkflowApp(): ApiError {
  return new ApiError(400, 'not_workflow_app', 'Please check if your app mode matches the right API route.');
}

/**
 * A failure that the server caught and gave a name.
 *
 * @param cause What Python said, which only a stream tells that is open already.
 */
export function internalServerError(cause?: string): ApiError {
  const text =
    'The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.';
  return Object.assign(new ApiError(500, 'internal_server_error', text), { cause });
}

/** What a stream tells of it whose head has gone out before anything was checked. */
export function lateMessage({ cause, message }: ApiError): string {
  return typeof cause === 'string' ? cause : message;
}

/** A failure that nobody caught, as for a JSON body that is no object. */
export function unknownError(): ApiError {
  return new ApiError(500, 'unknown', 'Internal Server Error');
}
