import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** One recorded exchange with a real Dify server. */
export interface RecordedExchange {
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown };
  readonly response?: {
    readonly status: number;
    readonly headers: readonly (readonly [string, string])[];
    readonly chunks: readonly { readonly text?: string; readonly base64?: string }[];
    readonly ended: 'eof' | 'reset' | 'client-abort' | 'recorder-timeout';
  };
}

/** A body that a real server sent to one request. */
export interface RecordedStream {
  /** Like `a/chat/follow-up #2`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly ended: 'eof' | 'reset' | 'client-abort' | 'recorder-timeout';
}

const folder = new URL('transcripts/', import.meta.url);

/** The scenarios under `transcripts/<generation>/<mode>`, by name. */
export function recordedExchanges(
  generation: 'a' | 'b',
  mode: string,
): ReadonlyMap<string, readonly RecordedExchange[]> {
  const directory = new URL(`${generation}/${mode}/`, folder);
  return new Map(
    readdirSync(directory).map((file) => {
      const raw = readFileSync(new URL(file, directory));
      const text = (file.endsWith('.gz') ? gunzipSync(raw) : raw).toString();
      return [file.replace(/\.json(\.gz)?$/, ''), (JSON.parse(text) as { exchanges: RecordedExchange[] }).exchanges];
    }),
  );
}

/** All server-sent streams of the mode. */
export function recordedStreams(generation: 'a' | 'b', mode: string): readonly RecordedStream[] {
  return [...recordedExchanges(generation, mode)].flatMap(([name, exchanges]) =>
    exchanges.flatMap(({ response }, index) => {
      const type = response?.headers.find(([key]) => key.toLowerCase() === 'content-type')?.[1] ?? '';
      if (response === undefined || !type.startsWith('text/event-stream')) return [];
      const chunks = response.chunks.map(({ text, base64 }) =>
        text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text),
      );
      const bytes = new Uint8Array(Buffer.concat(chunks));
      return [{ name: `${generation}/${mode}/${name} #${index + 1}`, bytes, ended: response.ended }];
    }),
  );
}
