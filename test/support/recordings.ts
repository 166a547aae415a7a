import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as v from 'valibot';

/** One request and its answer, as recorded on a real Dify server. */
export interface RecordedExchange {
  readonly at_ms: number;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  /** Absent where none came; in files it may be null then. */
  readonly response?: {
    readonly status: number;
    readonly headers: readonly (readonly [string, string])[];
    readonly head_ms: number;
    readonly chunks: readonly { readonly ms: number; readonly text?: string; readonly base64?: string }[];
    readonly ended: 'eof' | 'reset' | 'client-abort' | 'recorder-timeout';
    readonly end_ms: number;
  };
}

export interface Recording {
  readonly about: string;
  readonly server: { readonly generation: 'a' | 'b'; readonly version: string; readonly mode: string };
  readonly exchanges: readonly RecordedExchange[];
}

const folder = new URL('transcripts/', import.meta.url);

/** The folders of the recordings that are kept here, like `a/chat`. */
export function recordedFolders(): readonly string[] {
  const generations = ['a', 'b'];
  return generations.flatMap((generation) =>
    readdirSync(new URL(generation, folder)).map((mode) => `${generation}/${mode}`),
  );
}

/** @param name Like `a/chat/follow-up`. The longest are kept compressed. */
export function recording(name: string): Recording {
  const plain = new URL(`${name}.json`, folder);
  return readRecording(existsSync(plain) ? plain : new URL(`${name}.json.gz`, folder));
}

/**
 * The recording in a file, which may be compressed.
 *
 * @throws where there is none in it
 */
export function readRecording(file: URL | string): Recording {
  const bytes = readFileSync(file);
  const gzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const json: unknown = JSON.parse((gzipped ? gunzipSync(bytes) : bytes).toString());
  if (typeof json === 'object' && json !== null && 'exchanges' in json && Array.isArray(json.exchanges)) {
    return json as Recording;
  }
  throw new Error('This is no recording: it has no list of exchanges.');
}

/** What everybody who reads an exchange needs of it: files from elsewhere may hold anything. */
const exchangeShape = v.object({
  request: v.object({ method: v.string(), path: v.string() }),
  response: v.nullish(
    v.object({
      status: v.number(),
      headers: v.array(v.tuple([v.string(), v.string()])),
      chunks: v.optional(v.array(v.object({}))),
    }),
  ),
});

export function isExchange(value: unknown): value is RecordedExchange {
  return v.is(exchangeShape, value);
}

/** The names of the recordings in a folder, like `a/chat`. */
export function recordingsIn(directory: string): readonly string[] {
  return readdirSync(new URL(directory, folder))
    .filter((file) => /\.json(?:\.gz)?$/.test(file))
    .map((file) => `${directory}/${file.replace(/\.json(?:\.gz)?$/, '')}`);
}

/** The body's bytes. */
export function bodyOf(exchange: RecordedExchange): Buffer {
  const chunks = exchange.response?.chunks ?? [];
  return Buffer.concat(
    chunks.map(({ base64, text }) => (base64 === undefined ? Buffer.from(text ?? '') : Buffer.from(base64, 'base64'))),
  );
}

/** Of the response, or undefined; names in lower case. */
export function headerOf({ response }: RecordedExchange, name: string): string | undefined {
  return response?.headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

/** All recordings, with their names. */
export function everyRecording(): readonly { readonly name: string; readonly recording: Recording }[] {
  return ['a', 'b']
    .flatMap((generation) => readdirSync(new URL(generation, folder)).map((part) => `${generation}/${part}`))
    .flatMap((directory) => recordingsIn(directory))
    .map((name) => ({ name, recording: recording(name) }));
}
