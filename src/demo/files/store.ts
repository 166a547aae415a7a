import type { EndUser } from '../history/endUsers.ts';
import { type FileType, extensionOf, guessedMimeType } from './types.ts';

/** A file that the server keeps, uploaded by a user or made by a tool. */
export interface StoredFile {
  readonly id: string;
  readonly origin: 'upload' | 'tool';
  readonly name: string;
  /** Lower case, without the dot; '' for none. */
  readonly extension: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Who uploaded it, or for whom a tool made it. */
  readonly owner: EndUser;
  /** Whole seconds. */
  readonly createdAt: number;
}

/** A file that a tool has made. */
export type MadeFile = Pick<StoredFile, 'bytes' | 'extension' | 'mimeType'>;

/** Where a file of a request is: among those the server keeps, or somewhere else, where the demo never looks. */
export type Place =
  | { readonly transferMethod: 'local_file' | 'tool_file'; readonly file: StoredFile }
  | { readonly transferMethod: 'remote_url'; readonly url: string };

/** A file of a request, checked, or one that a tool has made. A class, so that no JSON object from outside can be taken for one. */
export class SentFile {
  readonly type: FileType;
  readonly place: Place;
  readonly filename: string;
  /** With its dot. */
  readonly extension: string;
  readonly mimeType: string;
  /** -1 if unknown. */
  readonly size: number;

  constructor(type: FileType, place: Place) {
    this.type = type;
    this.place = place;
    if (place.transferMethod === 'remote_url') {
      this.filename = place.url.split('/').at(-1)?.split('?', 1)[0] || 'unknown_file';
      this.extension = this.filename.includes('.') ? `.${extensionOf(this.filename)}` : '.bin';
      this.mimeType = guessedMimeType(this.filename);
      this.size = -1;
    } else {
      const { bytes, extension, mimeType, name } = place.file;
      this.filename = name;
      this.extension = `.${extension}`;
      this.mimeType = mimeType;
      this.size = bytes.length;
    }
  }
}

/** A row of the server's message_file table. */
export interface MessageFile {
  readonly id: string;
  readonly belongsTo: 'user' | 'assistant';
  readonly file: SentFile;
}

interface Link {
  readonly fileId: string;
  readonly timestamp: number;
  readonly sign: string;
}

/** Seconds. */
const linkLife = 300;

/** The files of a server, and the links to them that were given out. */
export class Files {
  readonly #byId = new Map<string, StoredFile>();
  readonly #firstUse = new Map<string, string>();
  /** By nonce. The real server recomputes a signature; here the demo, which has no secret, remembers it. */
  readonly #links = new Map<string, Link>();
  readonly #uuid: () => string;

  constructor(uuid: () => string) {
    this.#uuid = uuid;
  }

  add(file: Omit<StoredFile, 'id'>): StoredFile {
    const stored = { ...file, id: this.#uuid() };
    this.#byId.set(stored.id, stored);
    return stored;
  }

  find(id: string): StoredFile | undefined {
    return this.#byId.get(id);
  }

  /** A message of the app now has the file. Its first message decides who may fetch it by its id. */
  use({ id }: StoredFile, appKey: string): void {
    if (!this.#firstUse.has(id)) this.#firstUse.set(id, appKey);
  }

  /** Key of the app that used it first. */
  userOf(id: string): string | undefined {
    return this.#firstUse.get(id);
  }

  /** A relative link, good for 300 s. @param now Whole seconds. */
  link({ extension, id, origin }: StoredFile, now: number): string {
    for (const [nonce, { timestamp }] of this.#links) if (now - timestamp > linkLife) this.#links.delete(nonce);
    const nonce = this.#uuid().replaceAll('-', '');
    const sign = signature(this.#uuid() + this.#uuid());
    this.#links.set(nonce, { fileId: id, timestamp: now, sign });
    const query = `?timestamp=${now}&nonce=${nonce}&sign=`;
    return origin === 'upload'
      ? `/files/${id}/file-preview${query}${encodeURIComponent(sign)}`
      : `/files/tools/${id}.${extension}${query}${sign}`;
  }

  /** The file that a link opens, or undefined if it is too old or not one of ours. @param now Whole seconds. */
  opened(id: string, query: URLSearchParams, now: number): StoredFile | undefined {
    const link = this.#links.get(query.get('nonce') ?? '');
    if (link === undefined || link.fileId !== id) return undefined;
    if (String(link.timestamp) !== query.get('timestamp') || now - link.timestamp > linkLife) return undefined;
    return link.sign === query.get('sign') ? this.find(id) : undefined;
  }
}

/** 32 bytes as URL-safe Base64. */
function signature(ids: string): string {
  const bytes = ids.replaceAll('-', '').match(/../g) ?? [];
  const text = String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16)));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_');
}
