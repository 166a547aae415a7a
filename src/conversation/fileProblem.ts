import { fileTypeOf, largestFile, takesFile, type FileLimits, type FileRules } from '../dify/fileUpload.ts';
import type { InputControl } from '../dify/inputForm.ts';
import { remoteFile } from '../dify/files.ts';
import type { Translate } from './failure.ts';
import { nameInAddress, type FieldFile } from './inputForm.ts';

/** Why the app will not take the file, or ''; asked before it is uploaded, because the server says so only when it is used. */
export function fileProblem(
  { files }: Pick<InputControl, 'files'>,
  file: { readonly name: string; readonly size: number },
  limits: FileLimits,
  t: Translate,
): string {
  const { name, size } = file;
  const wrong = typeProblem(files, name, t);
  if (wrong !== '') return wrong;
  const limit = largestFile(limits, fileTypeOf(name, files?.allowedFileTypes));
  return size > limit
    ? t('{file} is {size}. The limit is {limit}.', { file: name, size: sizeOf(size), limit: sizeOf(limit) })
    : '';
}

/** Why the address cannot stand for a file, or ''. Most addresses without a file's name serve web pages, so they pass. */
export function addressProblem({ files }: Pick<InputControl, 'files'>, address: string, t: Translate): string {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return t('Enter the address of a file, for example {example}.', { example: 'https://example.org/plan.pdf' });
  }
  return typeProblem(files, url.pathname.slice(url.pathname.lastIndexOf('/') + 1), t);
}

/** The file at an address that a person gave. */
export function linkedFile({ files }: Pick<InputControl, 'files'>, address: string): FieldFile {
  const url = address.trim();
  return { name: nameInAddress(url), mapping: { ...remoteFile(url, files?.allowedFileTypes) } };
}

function typeProblem(files: FileRules | undefined, name: string, t: Translate): string {
  if (files === undefined || files.allowedFileTypes.length === 0 || takesFile(files, name)) return '';
  const types = fileTypesIn(files, t);
  return t('{file}: this app accepts {types}. Remove it or convert it.', { file: name, types });
}

/** What the field takes, for people: "documents, images". */
export function fileTypesIn({ allowedFileTypes, allowedFileExtensions }: FileRules, t: Translate): string {
  const words: Readonly<Record<string, string>> = {
    image: t('images'),
    document: t('documents'),
    audio: t('sound files'),
    video: t('videos'),
    custom: allowedFileExtensions.join(', '),
  };
  return listed(
    allowedFileTypes.map((type) => words[type] ?? type),
    t,
  );
}

/** Those that say something, with the language's comma. */
function listed(words: readonly string[], t: Translate): string {
  return words.filter((word) => word !== '').reduce((a, b) => (a === '' ? b : t('{a}, {b}', { a, b })), '');
}

/** What a file field takes, for people: "documents, up to 3, 15 MB each". @param limits `undefined` where they are not known */
export function fileRulesIn(
  control: Pick<InputControl, 'type' | 'files' | 'maxLength'>,
  limits: FileLimits | undefined,
  t: Translate,
): string {
  const { files, maxLength } = control;
  const isList = control.type === 'file-list';
  const most = isList && maxLength !== undefined ? t('up to {n}', { n: maxLength }) : '';
  const size = limits === undefined ? '' : sizesOf(files, limits);
  const each = size === '' ? '' : isList ? t('{size} each', { size }) : t('up to {size}', { size });
  return listed([files === undefined ? '' : fileTypesIn(files, t), most, each], t);
}

/** The largest size, or the smallest and the largest of those that the types have. */
function sizesOf(files: FileRules | undefined, limits: FileLimits): string {
  const known = ['image', 'video', 'audio', 'document', 'custom'] as const;
  const allowed = known.filter((type) => files?.allowedFileTypes.includes(type));
  const sizes = allowed.map((type) => largestFile(limits, type)).toSorted((a, b) => a - b);
  return [...new Set([sizes.at(0), sizes.at(-1)])]
    .flatMap((size) => (size === undefined ? [] : [sizeOf(size)]))
    .join('–');
}

/** Whether files of this computer, and addresses of the web, may be given; all, where nothing is told. */
export function waysOf(files: FileRules | undefined): { readonly upload: boolean; readonly link: boolean } {
  const methods = files?.allowedFileUploadMethods ?? [];
  const may = (method: string): boolean => methods.length === 0 || methods.includes(method);
  return { upload: may('local_file'), link: may('remote_url') };
}

/** In the units of Dify's limits, where a MB is 1024 × 1024 bytes: "412 kB", "1.5 MB". */
export function sizeOf(bytes: number): string {
  const [amount, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'kB'] : [bytes / 1024 / 1024, 'MB'];
  // Up: what is a byte too large does not look like the limit.
  return `${Math.ceil(amount * 10) / 10} ${unit}`;
}
