import type { SentFile } from './conversation.ts';

/** A file that is to go along with the next question. */
export interface Upload extends Pick<SentFile, 'name' | 'type' | 'thumbnail'> {
  /** Ours, unique. */
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  readonly state: 'uploading' | 'ready' | 'failed';
  /** How much of it is uploaded. */
  readonly percent: number;
  /** Why it failed, in sentences, or ''. */
  readonly problem: string;
  /** Whether the same file may do better another time: not where the app does not take it. */
  readonly canRetry: boolean;
  /** All of a picture of this computer as a `data:` address, until the page has made its thumbnail of it. */
  readonly picture: string | undefined;
}

/** A file of a composer as it is kept for the next window. Its mapping is empty where it was not uploaded. */
export interface KeptUpload extends SentFile {
  readonly key: string;
  /** Where it was read, so that it can be read again; `undefined` for what was pasted. */
  readonly uri: string | undefined;
}

/** Longest `data:` address of a thumbnail: one of 96 pixels has a fifth of it. */
const longestThumbnail = 60_000;

/** The thumbnail that a page made, if it is one: a small picture, and nothing else. */
export function thumbnailIn(address: string): string | undefined {
  const isPicture = /^data:image\/(?:png|jpeg|webp);base64,[\w+/]+=*$/.test(address);
  return isPicture && address.length <= longestThumbnail ? address : undefined;
}
