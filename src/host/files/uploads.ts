import type { DifyClient } from '../../dify/client.ts';
import type { DifyError } from '../../dify/errors.ts';
import type { SentFile } from '../../conversation/conversation.ts';
import type { FieldFile } from '../../conversation/inputForm.ts';
import { localFile, uploadFile, type UploadedFile } from '../../dify/files.ts';
import type { FileLimits } from '../../dify/fileUpload.ts';
import { isFields, type Fields } from '../../dify/json.ts';
import type { OnProgress, UploadFile } from '../../dify/upload.ts';
import { t } from '../words.ts';
import type { InputAsks, LocalFile } from './asks.ts';

/** How files get to the app. */
export interface Uploads {
  readonly limits: FileLimits;
  /** @throws {DifyError} */
  upload(file: UploadFile, onProgress: OnProgress, signal: AbortSignal): Promise<UploadedFile>;
}

/** Uploads to the client's app. @param limits `systemParameters` of the app */
export function uploadsTo(client: DifyClient, limits: FileLimits): Uploads {
  return { limits, upload: (file, onProgress, signal) => uploadFile(client, file, onProgress, signal) };
}

/** What was uploaded in this window, by the id that Dify gave it, to be uploaded again when Dify has dropped it. */
const origins = new Map<string, { readonly file: LocalFile; readonly types: readonly string[] | undefined }>();

/** Most origins that are kept. */
const most = 200;

/** So much of files that are nowhere but in memory is kept, in bytes. */
const heldAtMost = 64 * 1024 * 1024;

/** Uploads a file; `undefined` if the person cancels. @param types classes that the field takes @throws {DifyError} */
export async function uploadLocal(
  file: LocalFile,
  types: readonly string[] | undefined,
  asks: Pick<InputAsks, 'working'>,
  uploads: Uploads,
): Promise<FieldFile | undefined> {
  const { name, size } = file;
  return await asks.working(t('Uploading {file}…', { file: name }), async (told, signal) => {
    const content = await file.read();
    const sent = { name, type: 'application/octet-stream', size: content.length, content };
    const uploaded = await uploads.upload(sent, (done) => told(size === 0 ? 100 : (100 * done) / size), signal);
    origins.set(uploaded.id, { file, types });
    forgetOldest();
    return { name, mapping: localFile({ id: uploaded.id, name }, types), size: sent.size };
  });
}

/** Those without an address are in memory, as a page brought them. */
function forgetOldest(): void {
  let held = 0;
  for (const [index, [id, { file }]] of [...origins].toReversed().entries()) {
    held += file.uri === undefined ? file.size : 0;
    if (index >= most || held > heldAtMost) origins.delete(id);
  }
}

/** Whether the server no longer has a file that the inputs name. It has no code for that but in answers of 404. */
export function isLostUpload({ kind, code, detail }: DifyError): boolean {
  if (kind === 'notFound') return code === 'file_not_found';
  return (kind === 'rejected' || kind === 'runFailed') && detail === 'Invalid upload file';
}

/** The same of a run that failed, by what it says. */
export function tellsOfLostUpload(details: string): boolean {
  return details.includes('Invalid upload file');
}

/**
 * The inputs with their files uploaded anew, after {@link isLostUpload}; `undefined` where one is not known here, cannot be read, or
 * the person cancels: then they choose the files again.
 */
export async function uploadedAgain(
  inputs: Fields,
  asks: Pick<InputAsks, 'working'>,
  uploads: Uploads,
): Promise<Fields | undefined> {
  const fresh: Record<string, unknown> = { ...inputs };
  for (const [variable, value] of Object.entries(inputs)) {
    const renewed: unknown[] = [];
    for (const mapping of Array.isArray(value) ? value : [value]) {
      const file = await again(mapping, asks, uploads);
      if (file === undefined) return undefined;
      renewed.push(file);
    }
    fresh[variable] = Array.isArray(value) ? renewed : renewed[0];
  }
  return fresh;
}

/** The files of a question, uploaded anew in the same way. */
export async function filesAgain(
  files: readonly SentFile[],
  asks: Pick<InputAsks, 'working'>,
  uploads: Uploads,
): Promise<readonly SentFile[] | undefined> {
  const fresh = await uploadedAgain({ files: files.map(({ mapping }) => mapping) }, asks, uploads);
  const mappings = fresh?.['files'];
  if (!Array.isArray(mappings)) return undefined;
  return files.map((file, index): SentFile => {
    const mapping: unknown = mappings[index];
    return isFields(mapping) ? { ...file, mapping } : file;
  });
}

async function again(value: unknown, asks: Pick<InputAsks, 'working'>, uploads: Uploads): Promise<unknown> {
  const id = isFields(value) ? uploadIdIn(value) : undefined;
  if (id === undefined) return value;
  const origin = origins.get(id);
  if (origin === undefined) return undefined;
  return (await uploadLocal(origin.file, origin.types, asks, uploads))?.mapping;
}

/** The id of the upload that the mapping names; `undefined` for a file on the web. */
export function uploadIdIn(mapping: Fields): string | undefined {
  return mapping['transfer_method'] === 'local_file' ? String(mapping['upload_file_id']) : undefined;
}

/** The file that was uploaded, if that was in this window. */
export function originOf(mapping: Fields): LocalFile | undefined {
  return origins.get(uploadIdIn(mapping) ?? '')?.file;
}
