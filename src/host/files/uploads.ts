import type { DifyClient } from '../../dify/client.ts';
import type { DifyError } from '../../dify/errors.ts';
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
    for (const id of [...origins.keys()].slice(0, Math.max(0, origins.size - most))) origins.delete(id);
    return { name, mapping: localFile({ id: uploaded.id, name }, types), size: sent.size };
  });
}

/** Whether the server no longer has a file that the inputs name. It has no code for that but in answers of 404. */
export function isLostUpload({ kind, code, detail }: DifyError): boolean {
  if (kind === 'notFound') return code === 'file_not_found';
  return (kind === 'rejected' || kind === 'runFailed') && detail === 'Invalid upload file';
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

async function again(value: unknown, asks: Pick<InputAsks, 'working'>, uploads: Uploads): Promise<unknown> {
  if (!isFields(value) || value['transfer_method'] !== 'local_file') return value;
  const origin = origins.get(String(value['upload_file_id']));
  if (origin === undefined) return undefined;
  return (await uploadLocal(origin.file, origin.types, asks, uploads))?.mapping;
}
