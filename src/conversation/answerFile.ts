import type { DifyFile } from '../dify/metadata.ts';

/** Longest text that stands for a place. */
const longest = 2048;

/**
 * What tells a file of an answer from every other, in the page and in the host: the path of a file that Dify keeps, whatever host and
 * signature its link has; else the whole address. A link lives for five minutes, this does not change.
 */
export function placeOf(address: string): string {
  const url = parsed(address);
  if (url === null) return `other:${address}`.slice(0, longest);
  return (isDifys(address, url) ? url.pathname : address).slice(0, longest);
}

/**
 * Path and query under which the app's own server has what is at the address; `undefined` for what is elsewhere. A signed link to a file
 * of Dify may name the address that its own containers use: the same path on the server serves it.
 *
 * @param host of the app's server, with its port
 */
export function ownPath(address: string, host: string): string | undefined {
  const url = parsed(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  const isOwn = url.host === nowhere || url.host === host || (isDifys(address, url) && url.searchParams.has('sign'));
  // A path that begins with two slashes would name another host.
  return isOwn ? url.pathname.replace(/^\/+/, '/') + url.search : undefined;
}

/** The host of an address that is not the app's; '' for one of the app's own. */
export function foreignHost(address: string, host: string): string {
  return ownPath(address, host) === undefined ? (parsed(address)?.host ?? '') : '';
}

/** What the file is called; Dify does not say it in every event. */
export function nameOf({ filename, url, type }: DifyFile): string {
  if (filename !== '') return filename;
  const last = parsed(url)?.pathname.split('/').at(-1) ?? '';
  return last === '' || /^file-preview$/.test(last) ? type || 'file' : decoded(last);
}

/** What can be done with a file: only pictures and sounds are shown in the page. */
export type FileKind = 'image' | 'audio' | 'video' | 'document';

const extensions: Readonly<Record<Exclude<FileKind, 'document'>, RegExp>> = {
  image: /\.(png|jpe?g|gif|webp)$/i,
  audio: /\.(mp3|m4a|wav|amr|mpga|ogg|oga|opus|flac)$/i,
  video: /\.(mp4|mov|mpeg|webm)$/i,
};

/** By what Dify says of it, else by its name: 1.14 says `application/octet-stream` of some. An SVG is a document: it can hold anything. */
export function kindOf(file: DifyFile): FileKind {
  const name = nameOf(file);
  if (/svg/i.test(file.mime_type) || /\.svg$/i.test(name)) return 'document';
  const said = [file.type, file.mime_type.split('/')[0]];
  const kinds = ['image', 'audio', 'video'] as const;
  return kinds.find((kind) => said.includes(kind)) ?? kinds.find((kind) => extensions[kind].test(name)) ?? 'document';
}

/** Stands for the app's server where an address is relative to it. */
const nowhere = 'relative.invalid';

function parsed(address: string): URL | null {
  return /^(\/|https?:\/\/)/i.test(address) ? URL.parse(address, `https://${nowhere}`) : null;
}

function isDifys(address: string, { pathname, searchParams }: URL): boolean {
  return /\/files\/./.test(pathname) && (address.startsWith('/') || searchParams.has('sign'));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
