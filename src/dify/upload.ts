import { DifyError } from './errors.ts';

/** A file on its way to Dify. */
export interface UploadFile {
  /** With its extension, by which Dify judges the file. Characters that Dify refuses are replaced. */
  readonly name: string;
  /** Media type, like `image/png`. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** All its bytes, or pieces of them that are asked for as the network takes them. */
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
}

/** Told after each piece of the file that the network took, in bytes. */
export type OnProgress = (sent: number, size: number) => void;

/** Largest piece of bytes that are handed on at once. */
const pieceSize = 64 * 1024;

/**
 * The form that Dify's uploads take: one part named `file`, one named `user`. Its length is known before it is read, and it is read
 * once, so there is no second try.
 */
export class UploadForm {
  readonly headers: Readonly<Record<string, string>>;
  readonly #file: UploadFile;
  readonly #head: Uint8Array;
  readonly #tail: Uint8Array;
  #pieces: AsyncGenerator<Uint8Array, void, void> | undefined;
  #fault: unknown;

  constructor(file: UploadFile, user: string) {
    const boundary = `dify-${crypto.randomUUID()}`;
    this.#file = file;
    this.#head = encoded(
      `--${boundary}\r\nContent-Disposition: form-data; name="user"\r\n\r\n${user}\r\n` +
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${cleanFileName(file.name)}"\r\n` +
        `Content-Type: ${mediaType(file.type)}\r\n\r\n`,
    );
    this.#tail = encoded(`\r\n--${boundary}--\r\n`);
    this.headers = {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      // Some gateways refuse a body of unknown length.
      'content-length': String(this.#head.length + file.size + this.#tail.length),
    };
  }

  /** What the content threw, or that it is not of its size: then the request failed for no fault of the network. */
  get fault(): unknown {
    return this.#fault;
  }

  /** The bytes, read as they are asked for. @param onProgress told after each piece of the file */
  open(onProgress: OnProgress): ReadableStream<Uint8Array> {
    const pieces = this.#read(onProgress);
    this.#pieces = pieces;
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
      const { done, value } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    };
    return new ReadableStream<Uint8Array>({ pull, cancel: () => this.close() }, { highWaterMark: 0 });
  }

  /** Lets go of the content: an aborted `fetch` leaves it waiting for ever. */
  close(): void {
    void this.#pieces?.return().catch(() => {});
  }

  async *#read(onProgress: OnProgress): AsyncGenerator<Uint8Array, void, void> {
    yield this.#head;
    try {
      yield* contentOf(this.#file, onProgress);
    } catch (error) {
      this.#fault = error;
      throw error;
    }
    yield this.#tail;
  }
}

/** A gateway that refuses a large body does so without Dify's code. */
export function uploadError(error: unknown): unknown {
  const refused = error instanceof DifyError && error.status === 413 && error.code === undefined;
  return refused ? new DifyError('rejected', error.message, { status: 413, code: 'file_too_large' }) : error;
}

/** The name without what Dify refuses in one: 1.11 nine characters, 1.14 the slashes. Control characters would end the header. */
export function cleanFileName(name: string): string {
  return name.replaceAll(/[/\\:*?"<>|\p{Cc}]/gu, '_') || 'file';
}

async function* contentOf(
  { content, size }: UploadFile,
  onProgress: OnProgress,
): AsyncGenerator<Uint8Array, void, void> {
  let sent = 0;
  for await (const piece of content instanceof Uint8Array ? cut(content) : content) {
    yield piece;
    sent += piece.length;
    if (sent > size) break;
    onProgress(sent, size);
  }
  if (sent !== size) throw new RangeError(`The file is not of its size, ${size} bytes`);
}

function* cut(bytes: Uint8Array): Generator<Uint8Array, void, void> {
  for (let from = 0; from < bytes.length; from += pieceSize) yield bytes.subarray(from, from + pieceSize);
}

/** Without a type Dify refuses the part; one that no header can carry says as little. */
function mediaType(type: string): string {
  return /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream';
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
