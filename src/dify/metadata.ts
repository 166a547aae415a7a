import { filled, isFields, numeric, text, type Fields } from './json.ts';

/** What an answer cost. Prices are decimal numbers as text; a stopped run counts nothing, so zeros mean unknown there. */
export interface StreamUsage {
  readonly total_tokens: number | undefined;
  readonly total_price: string | undefined;
  readonly currency: string | undefined;
  /** Seconds. */
  readonly latency: number | undefined;
}

/** A piece of the app's knowledge that an answer used. Dify tells no place in the answer, and no address of the document. */
export interface Citation {
  /** From 1, in the order of use. */
  readonly position: number;
  readonly dataset_name: string;
  readonly document_name: string;
  readonly document_id: string;
  /** Names the piece: ids of the citation itself change with each reading of the history. */
  readonly segment_id: string;
  /** 0 to 1, where the knowledge base scores. */
  readonly score: number | undefined;
  /** Which piece of its document it is, from 1. */
  readonly segment_position?: number | undefined;
  /** How often the piece was used so far. */
  readonly hit_count?: number | undefined;
  /** The piece's own text. */
  readonly content: string;
}

/** A file that belongs to a message. */
export interface DifyFile {
  readonly id: string;
  /** `image`, `document`, `audio`, `video` or `custom`. */
  readonly type: string;
  /** '' where the server does not say, as in a `message_file` event. */
  readonly filename: string;
  readonly mime_type: string;
  /** Bytes. */
  readonly size: number | undefined;
  /**
   * Absolute, or relative to the server's origin; signed, and good for five minutes. The server may say `application/octet-stream`
   * of what is behind it: `mime_type` counts.
   */
  readonly url: string;
  /** `user` or `assistant`; where the server does not say, a tool's file is the assistant's. */
  readonly belongs_to: string;
}

/** The usage in the `metadata` of an answer, if there is one. */
export function readUsage(metadata: Fields): StreamUsage | undefined {
  const usage = metadata['usage'];
  if (!isFields(usage)) return undefined;
  return {
    total_tokens: numeric(usage, 'total_tokens'),
    total_price: text(usage, 'total_price'),
    currency: text(usage, 'currency'),
    latency: numeric(usage, 'latency'),
  };
}

/** One of `retriever_resources`. */
export function readCitation(fields: Fields): Citation {
  return {
    position: numeric(fields, 'position') ?? 0,
    dataset_name: text(fields, 'dataset_name') ?? '',
    document_name: text(fields, 'document_name') ?? '',
    document_id: text(fields, 'document_id') ?? '',
    segment_id: text(fields, 'segment_id') ?? '',
    score: numeric(fields, 'score'),
    segment_position: numeric(fields, 'segment_position'),
    hit_count: numeric(fields, 'hit_count'),
    content: text(fields, 'content') ?? '',
  };
}

/** A file in an event, in `message_end`, in a run's outputs or in the history: each has other members. */
export function readFile(fields: Fields): DifyFile {
  return {
    id: filled(fields, 'id') ?? text(fields, 'related_id') ?? '',
    type: text(fields, 'type') ?? '',
    filename: text(fields, 'filename') ?? '',
    mime_type: text(fields, 'mime_type') ?? '',
    size: numeric(fields, 'size'),
    url: filled(fields, 'url') ?? text(fields, 'remote_url') ?? '',
    belongs_to: text(fields, 'belongs_to') ?? (text(fields, 'transfer_method') === 'tool_file' ? 'assistant' : 'user'),
  };
}
