import { seconds } from '../clock.ts';
import { ApiError, forbidden, internalServerError, invalidParam, notFound } from '../http/errors.ts';
import { errorResponse, restResponse } from '../http/responses.ts';
import { checkedQuery } from '../http/paging.ts';
import { lengthOf } from '../http/python.ts';
import type { Call, Route, Server } from '../routes.ts';
import { isBoolean, isString, validate } from '../http/schema.ts';
import { normalizedUuid } from '../http/uuid.ts';
import type { FormPart } from './multipart.ts';
import type { StoredFile } from './store.ts';
import { extensionOf, sizeLimit } from './types.ts';

const fileRoute = { wrongMode: internalServerError } as const;

export const fileRoutes: readonly Route[] = [
  { ...fileRoute, method: 'POST', path: '/v1/files/upload', user: 'form', answer: uploadFile },
  { ...fileRoute, method: 'GET', path: '/v1/files/<uuid:file_id>/preview', user: 'query', answer: previewFile },
];

/** `POST /files/upload` */
function uploadFile(call: Call): Response {
  const { app, server, user } = call;
  const part = onlyFile(call.form);
  const { filename = '', type } = part;
  if (server.generation.files.refusedNames.test(filename)) throw invalidParam('Filename contains invalid characters');
  const extension = extensionOf(filename);
  if (part.bytes.length > sizeLimit(extension)) {
    throw new ApiError(413, 'file_too_large', server.generation.files.tooLarge);
  }
  const file = server.files.add({
    origin: 'upload',
    name: shortened(filename, extension),
    extension,
    mimeType: type,
    bytes: part.bytes,
    owner: server.endUsers.of(app, user, server.clock.now()),
    createdAt: seconds(server.clock.now()),
  });
  return restResponse(uploaded(file, server), 201);
}

function onlyFile(form: readonly FormPart[]): FormPart {
  const files = form.filter(({ filename }) => filename !== undefined);
  const file = files.find(({ name }) => name === 'file');
  if (file === undefined) throw new ApiError(400, 'no_file_uploaded', 'Please upload your file.');
  // Of two parts of that name the first wins.
  if (files.some(({ name }) => name !== 'file')) {
    throw new ApiError(400, 'too_many_files', 'Only one file is allowed.');
  }
  if (file.filename === '') {
    throw new ApiError(400, 'filename_not_exists_error', 'The specified filename does not exist.');
  }
  if (file.type === '') throw new ApiError(415, 'unsupported_file_type', 'File type not allowed.');
  return file;
}

/** The column holds 255 characters; the server cuts at 200, before the extension. */
function shortened(filename: string, extension: string): string {
  if (lengthOf(filename) <= 200) return filename;
  const [stem = ''] = filename.split('.', 1);
  return `${Array.from(stem).slice(0, 200).join('')}.${extension}`;
}

function uploaded(file: StoredFile, server: Server): object {
  const { bytes, createdAt, extension, id, mimeType, name, owner } = file;
  const isRich = server.generation.files.haveReference;
  return {
    id,
    ...(isRich ? { reference: null } : {}),
    name,
    size: bytes.length,
    extension,
    mime_type: mimeType,
    created_by: owner.id,
    created_at: createdAt,
    preview_url: null,
    source_url: server.files.link(file, createdAt),
    ...(isRich
      ? {
          original_url: null,
          user_id: null,
          tenant_id: server.ids.of('tenant'),
          conversation_id: null,
          file_key: null,
        }
      : {}),
  };
}

/** `GET /files/{file_id}/preview`: any user of the app, but only once a message has the file. */
function previewFile(call: Call): Response {
  const { app, parameters, server } = call;
  checkedQuery(call, 'FilePreviewQuery', [{ name: 'as_attachment', check: isBoolean }]);
  const id = parameters[0] ?? '';
  const first = server.files.userOf(id);
  const file = server.files.find(id);
  if (first === undefined || file === undefined) {
    throw new ApiError(404, 'file_not_found', 'File not found in message context');
  }
  if (first !== app.key) {
    throw new ApiError(403, 'file_access_denied', 'File access denied: not owned by requesting app');
  }
  const response = contentOf(file, isSaved(call.query), file.mimeType);
  response.headers.set('Cache-Control', 'public, max-age=3600');
  return response;
}

/** What a signed link opens, without a key: `/files/{id}/file-preview?…`, `/files/tools/{id}.{extension}?…`. */
export function linkedFile({ pathname, searchParams }: URL, server: Server): Response | undefined {
  const [, toolFile, upload, kind] =
    /^\/files\/(?:tools\/([^/.]+)\.[^/.]*|([^/]+)\/(file|image)-preview)$/.exec(pathname) ?? [];
  const id = normalizedUuid(toolFile ?? upload ?? '');
  if (id === undefined) return undefined;
  try {
    if (toolFile !== undefined) return openedToolFile(id, searchParams, server);
    return kind === 'file' ? openedUpload(id, searchParams, server) : openedImage(searchParams, server);
  } catch (error) {
    return errorResponse(error instanceof ApiError ? error : internalServerError(), pathname, undefined);
  }
}

function openedUpload(id: string, query: URLSearchParams, server: Server): Response {
  checkSignature('FilePreviewQuery', query, server);
  const file = server.files.opened(id, query, seconds(server.clock.now()));
  if (file === undefined) throw badLink();
  return contentOf(file, isSaved(query), server.generation.files.linksHaveType ? file.mimeType : octets);
}

/** Links of this older kind are signed in another way, and nobody gives them out any more. */
function openedImage(query: URLSearchParams, server: Server): Response {
  checkSignature('FileSignatureQuery', query, server);
  throw badLink();
}

/** Refuses in words of its own, and keeps the media type also of what is to be saved. */
function openedToolFile(id: string, query: URLSearchParams, server: Server): Response {
  checkSignature('ToolFileQuery', query, server);
  const file = server.files.opened(id, query, seconds(server.clock.now()));
  if (file === undefined) throw forbidden('Invalid request.');
  const response = contentOf(file, isSaved(query), file.mimeType);
  if (!isHtml(file)) response.headers.set('Content-Type', withCharset(file.mimeType));
  return response;
}

function checkSignature(name: string, query: URLSearchParams, { generation }: Server): void {
  const required = ['timestamp', 'nonce', 'sign'].map((each) => ({ name: each, required: true, check: isString }));
  const fields = [...required, ...(name === 'FileSignatureQuery' ? [] : [{ name: 'as_attachment', check: isBoolean }])];
  validate({ name, fields }, Object.fromEntries(query), generation.pydantic);
}

function badLink(): ApiError {
  return notFound('File not found or signature is invalid');
}

function isSaved(query: Pick<URLSearchParams, 'get'>): boolean {
  return /^(?:true|t|yes|y|on|1)$/i.test(query.get('as_attachment') ?? '');
}

const octets = 'application/octet-stream';
const seekable = /^(?:audio\/(?:mpeg|wav|mp4|ogg|flac|aac|x-m4a)|video\/(?:mp4|webm|quicktime|x-msvideo|x-matroska))$/;

function contentOf(file: StoredFile, asAttachment: boolean, mimeType: string): Response {
  const { bytes, name } = file;
  // A page of somebody else must not run as one of the server's.
  const isPage = isHtml(file);
  const headers = new Headers({ 'Content-Type': asAttachment || isPage ? octets : withCharset(mimeType) });
  if (bytes.length > 0) headers.set('Content-Length', String(bytes.length));
  if (seekable.test(file.mimeType)) headers.set('Accept-Ranges', 'bytes');
  if (asAttachment || isPage) {
    headers.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  }
  if (isPage) headers.set('X-Content-Type-Options', 'nosniff');
  return new Response(bytes, { headers });
}

function isHtml({ extension, mimeType }: StoredFile): boolean {
  return /html/.test(mimeType) || /^x?html?$/.test(extension);
}

function withCharset(mimeType: string): string {
  return /^text\/|^application\/(?:.*\+)?xml$/.test(mimeType) ? `${mimeType}; charset=utf-8` : mimeType;
}
