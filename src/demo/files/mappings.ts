import type { Control, FileUpload } from '../apps.ts';
import { UnreachableFile, invalidParam } from '../http/errors.ts';
import { isFalsy, repr } from '../http/python.ts';
import type { Call } from '../routes.ts';
import { normalizedUuid } from '../http/uuid.ts';
import { type Place, SentFile, type StoredFile } from './store.ts';
import { type FileType, detectedType, extensionOf, guessedMimeType, isFileType } from './types.ts';

/** Who sends the files, and to which app. */
export interface FileCall extends Pick<Call, 'app' | 'user'> {
  readonly server: Pick<Call['server'], 'files' | 'generation'>;
}

/** Which files are taken. */
interface FileRules {
  readonly types: readonly string[];
  /** For files of type `custom`, compared with case. */
  readonly extensions: readonly string[];
  readonly methods: readonly string[];
  /** At most so many, in `files` of a message. */
  readonly most?: number;
}

/** What a control of a form says of the files that it takes. */
type FileControl = Pick<Control, 'allowed_file_types' | 'allowed_file_extensions' | 'allowed_file_upload_methods'>;

type Mapping = Readonly<Record<string, unknown>>;

/**
 * The files of a message or run. An app whose uploads are off ignores them, but for a workflow, which takes any.
 *
 * @throws {ApiError} 400 `invalid_param` for the first that is refused.
 */
export function messageFiles(call: FileCall, mappings: unknown): readonly SentFile[] {
  const upload: FileUpload = call.app.parameters.file_upload;
  const isOn = upload.enabled === true;
  if (!Array.isArray(mappings) || (!isOn && !isStrict(call))) return [];
  const rules = isOn ? rulesOf(upload) : undefined;
  const files = mappings
    .filter((mapping) => isMeant(call, mapping))
    .map((mapping) => sentFile(call, mapping, rules, isStrict(call)));
  const most = rules?.most;
  if (most === undefined) return files;
  const images = files.filter(({ type }) => type === 'image').length;
  if (images > most) throw invalidParam(`Number of image files exceeds the maximum limit ${most}`);
  if (most > 0 && files.length > most) throw invalidParam(`Number of files exceeds the maximum limit ${most}`);
  return files;
}

/** The file of a `file` input. */
export function inputFile(call: FileCall, control: FileControl, mapping: object): SentFile {
  return sentFile(call, { ...mapping }, controlRules(control), isStrict(call));
}

/** The files of a `file-list` input, whose types even a workflow does not compare. */
export function inputFiles(call: FileCall, control: Control, mappings: readonly object[]): readonly SentFile[] {
  return mappings
    .filter((mapping) => isMeant(call, mapping))
    .map((mapping) => sentFile(call, { ...mapping }, controlRules(control), false));
}

/** Only workflows insist that the type sent is the type found. */
function isStrict({ app }: FileCall): boolean {
  return app.mode === 'workflow';
}

function rulesOf(upload: FileUpload): FileRules {
  return {
    types: upload.allowed_file_types ?? [],
    extensions: upload.allowed_file_extensions ?? [],
    methods: upload.allowed_file_upload_methods ?? [],
    most: upload.number_limits ?? 1,
  };
}

function controlRules(control: FileControl): FileRules {
  return {
    types: control.allowed_file_types ?? [],
    extensions: control.allowed_file_extensions ?? [],
    methods: control.allowed_file_upload_methods ?? [],
  };
}

/** In a list what names no way of transfer is passed over, and on a newer server an address that is missing. */
function isMeant({ server }: FileCall, mapping: unknown): mapping is Mapping {
  if (typeof mapping !== 'object' || mapping === null) return false;
  const { transfer_method: method, url, remote_url: other }: Mapping = { ...mapping };
  if (!method) return false;
  return method !== 'remote_url' || Boolean(url) || Boolean(other) || !server.generation.files.areSkippedWithoutUrl;
}

function sentFile(call: FileCall, mapping: Mapping, rules: FileRules | undefined, strict: boolean): SentFile {
  const place = placeOf(call, mapping);
  const { transferMethod } = place;
  const file = new SentFile(typeOf(mapping, place, strict), place);
  if (rules !== undefined && !isAllowed(mapping['type'] ?? 'custom', file.extension, transferMethod, rules)) {
    throw invalidParam(`File validation failed for file: ${file.filename}`);
  }
  return file;
}

function placeOf(call: FileCall, mapping: Mapping): Place {
  const method = mapping['transfer_method'];
  switch (method) {
    case 'local_file':
      return { transferMethod: method, file: uploadedFile(call, mapping) };
    case 'tool_file':
      return { transferMethod: method, file: toolFile(call, mapping) };
    case 'remote_url': {
      const url = mapping['url'] || mapping['remote_url'];
      if (typeof url !== 'string' || url === '') throw invalidParam('Invalid file url');
      if (isDead(url)) throw new UnreachableFile(url);
      return { transferMethod: method, url };
    }
    default:
      if (!method) throw invalidParam('transfer_method is required in file mapping');
      throw invalidParam(`No matching enum found for value ${repr(method)}`);
  }
}

/** The demo looks nowhere; it takes for dead what can never answer: names that are reserved for that, ports of old services. */
function isDead(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, port } = new URL(url);
  return hostname.endsWith('.invalid') || (port !== '' && Number(port) < 10);
}

function toolFile({ server }: FileCall, mapping: Mapping): StoredFile {
  const id = mapping['tool_file_id'];
  const file = typeof id === 'string' ? server.files.find(id) : undefined;
  if (file?.origin !== 'tool') throw invalidParam(`ToolFile ${typeof id === 'string' ? id : repr(id)} not found`);
  return file;
}

function uploadedFile(call: FileCall, mapping: Mapping): StoredFile {
  const sent = mapping['upload_file_id'];
  if (isFalsy(sent)) throw invalidParam('Invalid upload file id');
  const id = typeof sent === 'string' ? normalizedUuid(sent) : undefined;
  if (id === undefined) throw invalidParam('Invalid upload file id format');
  const file = call.server.files.find(id);
  if (file?.origin !== 'upload' || !mayUse(call, file)) throw invalidParam('Invalid upload file');
  return file;
}

function mayUse({ app, server, user }: FileCall, { owner }: StoredFile): boolean {
  return !server.generation.files.areOwned || (owner.user === user && owner.app.key === app.key);
}

function typeOf(mapping: Mapping, place: Place, strict: boolean): FileType {
  const name = place.transferMethod === 'remote_url' ? new SentFile('custom', place).filename : place.file.name;
  const mime = place.transferMethod === 'remote_url' ? guessedMimeType(name) : place.file.mimeType;
  const detected = detectedType(extensionOf(name), mime);
  const type = mapping['type'] ?? 'custom';
  if (strict && detected !== type) {
    throw invalidParam('Detected file type does not match the specified type. Please verify the file.');
  }
  if (!isFileType(type)) throw invalidParam(`${repr(type)} is not a valid FileType`);
  return type === 'custom' ? detected : type;
}

function isAllowed(type: unknown, extension: string, method: string, rules: FileRules): boolean {
  if (type === 'custom') {
    if (!rules.extensions.includes(extension)) return false;
  } else if (rules.types.length > 0 && !rules.types.some((allowed) => allowed === type)) return false;
  return rules.methods.length === 0 || rules.methods.includes(method);
}
