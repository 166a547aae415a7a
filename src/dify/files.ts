import type { DifyClient, Download } from './client.ts';
import { DifyError } from './errors.ts';
import { fileTypeOf, type FileType } from './fileUpload.ts';
import { filled, numeric, text } from './json.ts';
import type { OnProgress, UploadFile } from './upload.ts';

/** A file that the server keeps. The members after `created_at` came with later versions. */
export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Without the dot, in lower case; '' without one. */
  readonly extension: string;
  readonly mime_type: string;
  /** Id of the end user. */
  readonly created_by: string;
  /** Whole seconds since 1970. */
  readonly created_at: number;
  readonly preview_url: string | undefined;
  /** A signed address, good for 300 s; see {@link downloadFile}. */
  readonly source_url: string | undefined;
  readonly original_url: string | undefined;
  readonly reference: string | undefined;
  readonly user_id: string | undefined;
  readonly tenant_id: string | undefined;
  readonly conversation_id: string | undefined;
  readonly file_key: string | undefined;
}

/**
 * Uploads a file, to be named in a message or an input. Nothing is checked here but its size: whether the app takes it shows when it
 * is used (`takesFile` tells before).
 *
 * @throws {DifyError} `rejected` with code `file_too_large`, `unsupported_file_type`, `file_extension_blocked` …
 * @throws what reading the content threw
 * @see https://docs.dify.ai/en/api-reference/files/upload-file
 */
export async function uploadFile(
  client: DifyClient,
  file: UploadFile,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<UploadedFile> {
  const { fields } = await client.upload('/files/upload', file, onProgress, signal);
  return {
    id: text(fields, 'id') ?? '',
    name: text(fields, 'name') ?? file.name,
    size: numeric(fields, 'size') ?? file.size,
    extension: text(fields, 'extension') ?? '',
    mime_type: filled(fields, 'mime_type') ?? file.type,
    created_by: text(fields, 'created_by') ?? '',
    created_at: numeric(fields, 'created_at') ?? 0,
    preview_url: filled(fields, 'preview_url'),
    source_url: filled(fields, 'source_url'),
    original_url: filled(fields, 'original_url'),
    reference: filled(fields, 'reference'),
    user_id: filled(fields, 'user_id'),
    tenant_id: filled(fields, 'tenant_id'),
    conversation_id: filled(fields, 'conversation_id'),
    file_key: filled(fields, 'file_key'),
  };
}

/** How a message, or an input of kind `file` or `file-list`, names a file. */
export type FileMapping =
  | { readonly type: FileType; readonly transfer_method: 'local_file'; readonly upload_file_id: string }
  | { readonly type: FileType; readonly transfer_method: 'remote_url'; readonly url: string };

/** Names an upload. Upload and message have to come from the same user. @param allowed see `fileTypeOf` */
export function localFile({ id, name }: Pick<UploadedFile, 'id' | 'name'>, allowed?: readonly string[]): FileMapping {
  return { type: fileTypeOf(name, allowed), transfer_method: 'local_file', upload_file_id: id };
}

/** Names a file on the web; the server looks at it when it is used. @param allowed see `fileTypeOf` */
export function remoteFile(url: string, allowed?: readonly string[]): FileMapping {
  const name = URL.canParse(url) ? new URL(url).pathname : url;
  return { type: fileTypeOf(name, allowed), transfer_method: 'remote_url', url };
}

/**
 * The content of an upload that was used in a message of this app; before that, and for workflows always, it is `notFound`.
 *
 * @param file `attachment`: the server is to name no type but `application/octet-stream`
 * @throws {DifyError} `notFound`; `forbidden` for another app's file; `tooLarge`
 * @see https://docs.dify.ai/en/api-reference/files/download-file
 */
export async function previewFile(
  client: DifyClient,
  { id, attachment = false }: { readonly id: string; readonly attachment?: boolean },
  signal: AbortSignal,
): Promise<Download> {
  const query = attachment ? { as_attachment: 'true' } : {};
  return await client.download(`/files/${encodeURIComponent(id)}/preview`, query, signal);
}

/**
 * The file at an address that Dify gave in an answer, an event or a message. No key goes there. Take the type from what Dify said of
 * the file: 1.14 serves all as `application/octet-stream`.
 *
 * @param limit most bytes that are taken
 * @throws {DifyError} `notFound` when the address is over its 300 s: read the message again for a fresh one, once; `tooLarge`
 */
export async function downloadFile(
  client: DifyClient,
  url: string,
  signal: AbortSignal,
  limit?: number,
): Promise<Download> {
  try {
    return await client.downloadFrom(url, signal, limit);
  } catch (error) {
    if (!(error instanceof DifyError && error.kind === 'network' && URL.canParse(url))) throw error;
    // Dify may give files of tools the address that its own containers use. The same path on the server serves them.
    const { pathname, search } = new URL(url);
    // A path that begins with two slashes would name another host.
    return await client.downloadFrom(pathname.replace(/^\/+/, '/') + search, signal, limit);
  }
}
