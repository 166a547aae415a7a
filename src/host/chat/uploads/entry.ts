import type { SentFile } from '../../../conversation/conversation.ts';
import type { KeptUpload, Upload } from '../../../conversation/upload.ts';
import { fileTypeOf } from '../../../dify/fileUpload.ts';
import type { Fields } from '../../../dify/json.ts';
import type { LocalFile } from '../../files/asks.ts';
import { t } from '../../words.ts';
import type { Home } from '../talk.ts';

/** A file of a composer, from when it was attached until its question is sent. */
export interface Entry {
  readonly home: Home;
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** `undefined` if another window attached it. */
  file: LocalFile | undefined;
  readonly uri: string | undefined;
  state: Upload['state'];
  percent: number;
  problem: string;
  canRetry: boolean;
  /** How a request names it; empty until it is uploaded. */
  mapping: Fields;
  thumbnail: string | undefined;
  picture: string | undefined;
  stop: AbortController;
  /** Settles when it is uploaded or not, and never rejects. */
  done: Promise<void>;
}

/** A file that was attached just now. */
export function entryFor(file: LocalFile, home: Home, types: readonly string[]): Entry {
  const { name, size, uri, thumbnail } = file;
  const kept = { key: crypto.randomUUID(), name, size, uri, thumbnail, type: fileTypeOf(name, types), mapping: {} };
  return { ...entryOf(kept, home), file, state: 'uploading', problem: '', canRetry: true };
}

/** A file that is uploaded already, or that another window was uploading when it was closed. */
export function entryOf(kept: KeptUpload, home: Home): Entry {
  const { key, name, type, size = 0, mapping, thumbnail, uri } = kept;
  const isUploaded = Object.keys(mapping).length > 0;
  const closed = t('{file}: the window was closed before it was uploaded.', { file: name });
  return {
    home,
    key,
    name,
    type,
    size,
    uri,
    mapping,
    thumbnail,
    file: undefined,
    state: isUploaded ? 'ready' : 'failed',
    percent: isUploaded ? 100 : 0,
    problem: isUploaded ? '' : closed,
    canRetry: uri !== undefined,
    picture: undefined,
    stop: new AbortController(),
    done: Promise.resolve(),
  };
}

/** As the page shows it. */
export function shownOf(entry: Entry): Upload {
  const { key, name, type, size, state, percent, problem, canRetry, thumbnail, picture } = entry;
  return { key, name, type, size, state, percent, problem, canRetry, thumbnail, picture };
}

/** As it is kept for the next window. */
export function keptOf({ key, uri, ...entry }: Entry): KeptUpload {
  return { ...sentOf(entry), key, uri };
}

/** As it goes along with a question. */
export function sentOf({ name, type, size, mapping, thumbnail }: Omit<Entry, 'key' | 'uri'>): SentFile {
  return { name, type, size, mapping, thumbnail };
}

/** What becomes larger in a message to the page than this is not worth its thumbnail, in bytes. */
const largestPicture = 1024 * 1024;

/** The picture that a page can make a thumbnail of, as a `data:` address; `undefined` if it is none, or too large. */
export async function pictureIn({ name, size, read }: LocalFile): Promise<string | undefined> {
  const extension = /\.(png|jpe?g|gif|webp)$/i.exec(name)?.[1]?.toLowerCase();
  if (extension === undefined || size > largestPicture) return undefined;
  const media = extension === 'jpg' ? 'jpeg' : extension;
  return `data:image/${media};base64,${Buffer.from(await read()).toString('base64')}`;
}
