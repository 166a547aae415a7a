import { redact } from './redact.ts';

/**
 * Why a call failed. Closed: a new way to fail is a new member, and `conversation/failure.ts` will not compile without words for it.
 *
 * - `noKey`: no key is stored for the app; nothing was sent
 * - `invalidKey`: the key has characters that cannot be sent, or was entered for another origin; nothing was sent
 * - `unauthorized`: HTTP 401
 * - `forbidden`: HTTP 403 (the app's API is switched off, the app or workspace is gone)
 * - `notFound`: HTTP 404 in Dify's own words: the conversation, message, file, form or run does not exist
 * - `rejected`: another 4xx in Dify's own words; look at `code`
 * - `busy`: too many requests: HTTP 429, or the concurrency cap, which is HTTP 400 `invalid_param` "Too many requests…"
 * - `server`: HTTP 5xx
 * - `runFailed`: the request was accepted and the run failed: an `error` event, or `workflow_finished` with status `failed`
 * - `network`: no connection, or it broke; look at `reason`
 * - `timeout`: no answer, or no byte, within the limit
 * - `moved`: a redirect, which is not followed because it would carry the text elsewhere; look at `location`
 * - `notDify`: the answer is not Dify's: a web page, a proxy's words, no JSON; look at `pageTitle`
 * - `incomplete`: the stream ended without an end event
 * - `tooLarge`: an event or the answer is over the limit
 */
export type DifyErrorKind =
  | 'noKey'
  | 'invalidKey'
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'rejected'
  | 'busy'
  | 'server'
  | 'runFailed'
  | 'network'
  | 'timeout'
  | 'moved'
  | 'notDify'
  | 'incomplete'
  | 'tooLarge';

/**
 * What broke below HTTP.
 *
 * - `dns`: no host has this name; `refused`: nothing listens; `connectTimeout`: no answer to connecting; `unreachable`: no way there
 * - `untrusted`, `selfSigned`: nobody whom this computer trusts vouches for the certificate; `expired`, `notYetValid`, `wrongName`: what
 *   the certificate itself says; `noTls`: the port speaks something else; `tls`: any other trouble with encryption
 * - `proxySignIn`: the proxy asks who is there (407); `proxyUnreachable`: no connection to it; `proxyRefused`: it did not connect on
 * - `caFile`: a file with more certificates cannot be used, so nothing was sent
 * - `broken`: an open connection ended; the request may have been carried out
 */
export type NetworkReason =
  | 'dns'
  | 'refused'
  | 'connectTimeout'
  | 'unreachable'
  | 'untrusted'
  | 'selfSigned'
  | 'expired'
  | 'notYetValid'
  | 'wrongName'
  | 'noTls'
  | 'tls'
  | 'proxySignIn'
  | 'proxyUnreachable'
  | 'proxyRefused'
  | 'caFile'
  | 'broken';

/** What is known of a failed connection beyond its reason. */
export interface NetworkDetails {
  /** Port at which nothing listens. */
  readonly port?: number | undefined;
  /** Host and port of the proxy, never who signs in there; `undefined` if only the platform knows it. */
  readonly proxy?: string | undefined;
  /** Day on which the certificate ends, or begins, to be valid: `2026-11-22`. */
  readonly day?: string | undefined;
  /** The names that a certificate for others is for. */
  readonly names?: string | undefined;
  /** File that cannot be used. */
  readonly file?: string | undefined;
  /** Whether the direct transport knows something that the editor's does not, and that would help here. */
  readonly directMayHelp?: boolean | undefined;
}

/** Where a VS Code keeps secrets: in the system's keyring (on Linux it may be missing or locked), in the browser, in the system. */
export type KeyPlace = 'keyring' | 'browser' | 'system';

export interface DifyErrorFields {
  readonly status?: number | undefined;
  /** Dify's error `code`, such as `provider_quota_exceeded`. */
  readonly code?: string | undefined;
  /** The server's own words, at most two lines of 300 characters. May quote what was sent: for the screen, not for the log. */
  readonly detail?: string | undefined;
  readonly reason?: NetworkReason | undefined;
  /** Origin that a redirect points to. */
  readonly location?: string | undefined;
  /** Text of the `<title>` of a web page that came instead of Dify's answer. */
  readonly pageTitle?: string | undefined;
  /** Seconds to wait, from `Retry-After`. */
  readonly retryAfter?: number | undefined;
  /** Seconds from the request to the failure. */
  readonly seconds?: number | undefined;
  /** With `noKey`: there was one, and the storage has it no more. */
  readonly goneFrom?: KeyPlace | undefined;
  readonly network?: NetworkDetails | undefined;
  readonly cause?: unknown;
}

/**
 * Every failure of a call. What the server says may quote the request: what looks like a key is taken out of it. `message` is for the log: what was tried and how it ended, without a key and without the person's text.
 */
export class DifyError extends Error {
  override readonly name = 'DifyError';
  readonly kind: DifyErrorKind;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly detail: string | undefined;
  readonly reason: NetworkReason | undefined;
  readonly location: string | undefined;
  readonly pageTitle: string | undefined;
  readonly retryAfter: number | undefined;
  readonly seconds: number | undefined;
  readonly goneFrom: KeyPlace | undefined;
  readonly network: NetworkDetails;

  constructor(kind: DifyErrorKind, message: string, fields: DifyErrorFields = {}) {
    super(redact(message), fields.cause === undefined ? undefined : { cause: fields.cause });
    this.kind = kind;
    this.status = fields.status;
    this.code = redacted(fields.code);
    this.detail = redacted(fields.detail);
    this.reason = fields.reason;
    this.location = fields.location;
    this.pageTitle = redacted(fields.pageTitle);
    this.retryAfter = fields.retryAfter;
    this.seconds = fields.seconds;
    this.goneFrom = fields.goneFrom;
    this.network = fields.network ?? {};
  }
}

function redacted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : redact(text);
}

/** The kind of an HTTP error that carries Dify's own body `{ code, message, status }`. */
export function kindOfStatus(status: number, code: string | undefined, message: string): DifyErrorKind {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 429) return 'busy';
  // Dify's concurrency cap answers 400 invalid_param; no other mark tells it from bad input.
  if (status === 400 && message.startsWith('Too many requests')) return 'busy';
  // Files and end users have codes of their own: file_not_found, end_user_not_found.
  if (status === 404 && code?.endsWith('not_found') === true) return 'notFound';
  return status >= 500 ? 'server' : 'rejected';
}
