import type { DifyClient, Download } from './client.ts';
import { text } from './json.ts';
import type { OnProgress, UploadFile } from './upload.ts';

/** Media types that Dify takes, by what else names the same bytes: it compares the words only. */
const audioTypes: Readonly<Record<string, string>> = {
  mp3: 'audio/mp3',
  mpeg: 'audio/mp3',
  mpga: 'audio/mpga',
  m4a: 'audio/m4a',
  'x-m4a': 'audio/m4a',
  mp4: 'audio/m4a',
  wav: 'audio/wav',
  wave: 'audio/wav',
  'x-wav': 'audio/wav',
  'vnd.wave': 'audio/wav',
  amr: 'audio/amr',
};

/** Extensions of the recordings that Dify takes. */
export const audioExtensions: readonly string[] = ['mp3', 'mpga', 'mpeg', 'm4a', 'mp4', 'wav', 'amr'];

/** Largest recording, in bytes. */
export const largestAudio = 30 * 1024 * 1024;

/**
 * The media type to call the recording by, or `undefined` if Dify takes no such audio (`audio/webm`, `audio/ogg` …).
 *
 * @param type media type, also with parameters, like `audio/mp4;codecs=mp4a.40.2`; '' to go by the name
 */
export function audioTypeOf(name: string, type: string): string | undefined {
  const [family, subtype = ''] = (type.split(';')[0] ?? '').trim().toLowerCase().split('/');
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const key = family === 'audio' ? subtype : extension;
  return Object.hasOwn(audioTypes, key) ? audioTypes[key] : undefined;
}

/**
 * What is said in the recording, of 30 MB at most.
 *
 * @param audio its `type` as {@link audioTypeOf} says
 * @throws {DifyError} `rejected`, with code `unsupported_audio_type`, `audio_too_large`, or where the app does not listen
 * @see https://docs.dify.ai/en/api-reference/audio/convert-audio-to-text
 */
export async function audioToText(
  client: DifyClient,
  audio: UploadFile,
  signal: AbortSignal,
  onProgress: OnProgress = () => {},
): Promise<string> {
  const { fields } = await client.upload('/audio-to-text', audio, onProgress, signal);
  return text(fields, 'text') ?? '';
}

/** What to speak: an answer, whose text wins over any other, or a text; in the app's voice unless another is named. */
export type Speech =
  | { readonly message_id: string; readonly voice?: string }
  | { readonly text: string; readonly voice?: string };

/**
 * Speaks. `undefined` where there is nothing to say: the answer is empty, or there is no such message.
 *
 * @returns audio, as a rule `audio/mpeg`
 * @throws {DifyError} `rejected` where the app does not speak, or the text is empty
 * @see https://docs.dify.ai/en/api-reference/audio/convert-text-to-audio
 */
export async function textToAudio(
  client: DifyClient,
  speech: Speech,
  signal: AbortSignal,
): Promise<Download | undefined> {
  const audio = await client.postForFile('/text-to-audio', { ...speech }, signal);
  // Dify says so with HTTP 200 and `null`.
  return audio.type === 'application/json' || audio.bytes.length === 0 ? undefined : audio;
}
