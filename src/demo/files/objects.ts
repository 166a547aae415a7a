import { seconds } from '../clock.ts';
import type { Server } from '../routes.ts';
import type { Inputs } from '../history/store.ts';
import { type MessageFile, SentFile } from './store.ts';

/** What of a server the ways to write a file need. */
export type FileServer = Pick<Server, 'clock' | 'files' | 'generation' | 'ids' | 'internalFilesUrl'>;

/** Where a client finds the file: a fresh signed link, or the address that was sent. */
export function addressOf({ place }: SentFile, { clock, files, generation, internalFilesUrl }: FileServer): string {
  if (place.transferMethod === 'remote_url') return place.url;
  const host = place.file.origin === 'tool' && generation.files.toolLinksAreInternal ? internalFilesUrl : '';
  return host + files.link(place.file, seconds(clock.now()));
}

/** An item of `message_files` in `GET /messages`. */
export function historyFile({ belongsTo, file, id }: MessageFile, server: FileServer): object {
  const { filename, mimeType, place, size, type } = file;
  return {
    id,
    filename,
    type,
    url: addressOf(file, server),
    mime_type: mimeType,
    size,
    transfer_method: place.transferMethod,
    belongs_to: belongsTo,
    upload_file_id: idOf(file),
  };
}

/** An item of `files` in the `message_end` of a newer server's basic app. */
export function endFile({ file, id }: MessageFile, server: FileServer): object {
  const { extension, place, type } = file;
  const isOfTool = place.transferMethod === 'tool_file';
  return {
    related_id: id,
    extension,
    // Of a tool's file the server knows no more here than its link shows.
    filename: isOfTool ? `${place.file.id}${extension}` : file.filename,
    size: isOfTool ? 0 : file.size,
    mime_type: isOfTool ? 'application/octet-stream' : file.mimeType,
    transfer_method: place.transferMethod,
    type,
    url: addressOf(file, server),
    upload_file_id: idOf(file) ?? id,
    remote_url: place.transferMethod === 'remote_url' ? place.url : '',
  };
}

/** A file as a value: in `inputs`, in `sys.files`, in what nodes take and give. */
export function fileObject(file: SentFile, server: FileServer): object {
  const { extension, filename, mimeType, place, size, type } = file;
  const url = addressOf(file, server);
  const head = { dify_model_identity: '__dify__file__', id: null };
  const kind = { type, transfer_method: place.transferMethod };
  const about = { filename, extension, mime_type: mimeType, size };
  const id = idOf(file);
  return server.generation.files.haveReference
    ? { ...head, ...kind, remote_url: remoteUrl(file, ''), reference: reference(id), ...about, related_id: id, url }
    : {
        ...head,
        tenant_id: server.ids.of('tenant'),
        ...kind,
        remote_url: remoteUrl(file, url),
        related_id: id,
        ...about,
        url,
      };
}

/** Inputs with every file in them written out. */
export function writtenInputs(inputs: Inputs, server: FileServer): Inputs {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, written(value, server)]));
}

/** A value with every file in it written out. */
export function written(value: unknown, server: FileServer): unknown {
  if (value instanceof SentFile) return fileObject(value, server);
  if (Array.isArray(value)) return value.map((item) => written(item, server));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, written(member, server)]));
}

function idOf({ place }: SentFile): string | null {
  return place.transferMethod === 'remote_url' ? null : place.file.id;
}

function remoteUrl({ place }: SentFile, ofUpload: string): string | null {
  if (place.transferMethod === 'tool_file') return null;
  return place.transferMethod === 'remote_url' ? place.url : ofUpload;
}

function reference(id: string | null): string | null {
  return id === null ? null : `dify-file-ref:${btoa(JSON.stringify({ record_id: id }))}`;
}
