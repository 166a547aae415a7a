import { flag, isFields, numeric, object, texts, type Fields } from './json.ts';

/** Dify's classes of files. `custom` is all that no other class has; an app takes only those of its extensions. */
export type FileType = 'image' | 'document' | 'audio' | 'video' | 'custom';

/** Which files an app, or one control of its form, takes. */
export interface FileRules {
  /** {@link FileType}s; a newer server may have others. */
  readonly allowedFileTypes: readonly string[];
  /** With the dot, in lower case; they count for `custom` only. */
  readonly allowedFileExtensions: readonly string[];
  /** `local_file` (an upload), `remote_url`. */
  readonly allowedFileUploadMethods: readonly string[];
}

/** What files a message may carry. Where `enabled` is false the server ignores them without a word. */
export interface FileUpload extends FileRules {
  readonly enabled: boolean;
  /** Most files of one message; `undefined` if not told. */
  readonly numberLimits: number | undefined;
}

/** Largest files by class, in MB, and most files of a workflow's run. */
export interface FileLimits {
  readonly imageFileSizeLimit: number;
  readonly videoFileSizeLimit: number;
  readonly audioFileSizeLimit: number;
  /** Of documents and all others. */
  readonly fileSizeLimit: number;
  readonly workflowFileUploadLimit: number;
}

/** The app's own object is the newer one; beside or instead of it there may be one for images only. */
export function readFileUpload(fields: Fields): FileUpload {
  if (typeof fields['enabled'] === 'boolean') {
    return {
      enabled: flag(fields, 'enabled'),
      numberLimits: numeric(fields, 'number_limits'),
      ...readFileRules(fields),
    };
  }
  const image = object(fields, 'image');
  return {
    enabled: flag(image, 'enabled'),
    numberLimits: numeric(image, 'number_limits'),
    allowedFileTypes: isFields(fields['image']) ? ['image'] : [],
    allowedFileExtensions: [],
    allowedFileUploadMethods: texts(image, 'transfer_methods'),
  };
}

/** The rules in the members that Dify names alike in features, controls and forms. */
export function readFileRules(fields: Fields): FileRules {
  return {
    allowedFileTypes: texts(fields, 'allowed_file_types'),
    allowedFileExtensions: texts(fields, 'allowed_file_extensions').map((extension) => extension.toLowerCase()),
    allowedFileUploadMethods: texts(fields, 'allowed_file_upload_methods'),
  };
}

/** Dify's own defaults stand in for what an old server does not tell. */
export function readFileLimits(fields: Fields): FileLimits {
  return {
    imageFileSizeLimit: numeric(fields, 'image_file_size_limit') ?? 10,
    videoFileSizeLimit: numeric(fields, 'video_file_size_limit') ?? 100,
    audioFileSizeLimit: numeric(fields, 'audio_file_size_limit') ?? 50,
    fileSizeLimit: numeric(fields, 'file_size_limit') ?? 15,
    workflowFileUploadLimit: numeric(fields, 'workflow_file_upload_limit') ?? 10,
  };
}

/** Largest size of a file of the class, in bytes; a file of exactly this size passes. */
export function largestFile(limits: FileLimits, type: FileType): number {
  return megabytes(limits, type) * 1024 * 1024;
}

function megabytes(limits: FileLimits, type: FileType): number {
  switch (type) {
    case 'image':
      return limits.imageFileSizeLimit;
    case 'video':
      return limits.videoFileSizeLimit;
    case 'audio':
      return limits.audioFileSizeLimit;
    case 'document':
    case 'custom':
      return limits.fileSizeLimit;
  }
}

const classes: readonly (readonly [FileType, string])[] = [
  ['image', 'jpg jpeg png webp gif svg'],
  ['video', 'mp4 mov mpeg webm'],
  ['audio', 'mp3 m4a wav amr mpga'],
  ['document', 'txt md mdx markdown pdf html htm xlsx xls docx csv vtt properties'],
];

/** Documents on servers that read them with Unstructured, else of no class; nothing tells which. */
const perhapsDocuments = new Set(['doc', 'eml', 'msg', 'ppt', 'pptx', 'xml', 'epub']);

/**
 * The class that Dify gives the file by its extension. A workflow refuses a file that is sent as another class.
 *
 * @param allowed the classes that the app takes: they decide where the extension leaves it open
 */
export function fileTypeOf(name: string, allowed: readonly string[] = []): FileType {
  const extension = extensionOf(name).slice(1);
  const open = perhapsDocuments.has(extension) && allowed.includes('document') && !allowed.includes('custom');
  return open ? 'document' : (classes.find(([, list]) => list.split(' ').includes(extension))?.[0] ?? 'custom');
}

/** Whether the app takes a file of this name. */
export function takesFile(rules: FileRules, name: string): boolean {
  const type = fileTypeOf(name, rules.allowedFileTypes);
  if (type !== 'custom' || !rules.allowedFileTypes.includes('custom')) return rules.allowedFileTypes.includes(type);
  return rules.allowedFileExtensions.includes(extensionOf(name));
}

/** Extensions of the files that the rules take, without the dot; of documents also those that only some servers read. */
export function extensionsOf({ allowedFileTypes, allowedFileExtensions }: FileRules): readonly string[] {
  const own = allowedFileTypes.includes('custom') ? allowedFileExtensions.map((each) => each.replace(/^\./, '')) : [];
  const perhaps = allowedFileTypes.includes('document') && !allowedFileTypes.includes('custom') ? perhapsDocuments : [];
  const listed = classes.flatMap(([type, list]) => (allowedFileTypes.includes(type) ? list.split(' ') : []));
  return [...listed, ...perhaps, ...own];
}

/** With the dot, in lower case; '' without one. */
function extensionOf(name: string): string {
  return /\.[^.]+$/.exec(name)?.[0].toLowerCase() ?? '';
}
