import { conversationsOf } from './history/conversations.ts';
import { ApiError, appUnavailable, invalidParam, unreadableBody } from './http/errors.ts';
import { restResponse } from './http/responses.ts';
import { type Parameters, latestParameters } from './apps.ts';
import type { Call, Route } from './routes.ts';
import { isBoolean, isString, optional, validate } from './http/schema.ts';
import { normalizedUuid } from './http/uuid.ts';

/** What an app can hear and say. */
export interface Speech {
  readonly transcribe?: (audio: Uint8Array) => string;
  /** MP3. */
  readonly speak?: (text: string) => Uint8Array<ArrayBuffer>;
}

export const speechRoutes: readonly Route[] = [
  { method: 'POST', path: '/v1/audio-to-text', user: 'form', wrongMode: appUnavailable, answer: hear },
  { method: 'POST', path: '/v1/text-to-audio', user: 'body', wrongMode: appUnavailable, answer: say },
];

const audioTypes = ['mp3', 'm4a', 'wav', 'amr', 'mpga'].map((kind) => `audio/${kind}`);
const mostMegabytes = 30;

/** `POST /audio-to-text` */
function hear({ app, form }: Call): Response {
  const part = form.find(({ filename, name }) => name === 'file' && filename !== undefined);
  if (part === undefined) throw new ApiError(400, 'bad_request_key_error', unreadableBody().message);
  const { transcribe } = app.speech ?? {};
  if (!latestParameters(app).speech_to_text.enabled || transcribe === undefined) {
    throw invalidParam('Speech to text is not enabled');
  }
  if (!audioTypes.includes(part.type)) {
    throw new ApiError(415, 'unsupported_audio_type', 'Audio type not allowed.');
  }
  if (part.bytes.length > mostMegabytes * 1024 * 1024) {
    throw new ApiError(413, 'audio_too_large', `Audio size larger than ${mostMegabytes} mb`);
  }
  if (part.bytes.length === 0) throw invalidParam(nothingToHear);
  return restResponse({ text: transcribe(part.bytes) });
}

/** `POST /text-to-audio`: a message goes before a text. JSON `null` if there is nothing to say. */
function say(call: Call): Response {
  const { app, body, server } = call;
  validate(textToAudioPayload, body, server.generation.pydantic);
  const { message_id: messageId, text, voice } = body;
  const isOfMessage = typeof messageId === 'string' && messageId !== '';
  const words = isOfMessage ? answerOf(call, messageId) : text;
  if (isOfMessage && words === '') return restResponse(null);
  if (typeof words !== 'string') throw invalidParam('Text is required');
  // Who names a voice is not asked whether the app speaks.
  const isNamed = typeof voice === 'string';
  const speak = isNamed ? app.speech?.speak : voiceOf({ speech: app.speech, parameters: latestParameters(app) });
  if (speak === undefined) throw invalidParam('TTS is not enabled');
  return new Response(streamOf(piecesOf(speak(words))), { headers: { 'Content-Type': 'audio/mpeg' } });
}

/** '' for a message that is unknown or says nothing. */
function answerOf(call: Call, messageId: string): string {
  return conversationsOf(call).message(normalizedUuid(messageId) ?? '')?.answer ?? '';
}

interface Speaker {
  readonly parameters: Pick<Parameters, 'text_to_speech'>;
  readonly speech?: Speech | undefined;
}

function voiceOf({ parameters, speech }: Speaker): Speech['speak'] {
  return parameters.text_to_speech.enabled ? speech?.speak : undefined;
}

/**
 * The parts of the `tts_message` events that follow an answer, however it ended; the last is of `tts_message_end`, which comes even if there
 * is nothing to say. None if the app does not speak by itself.
 */
export function spoken(app: Speaker, answer: string): readonly { readonly event: string; readonly audio: string }[] {
  const speak = app.parameters.text_to_speech.autoPlay === 'enabled' ? voiceOf(app) : undefined;
  if (speak === undefined) return [];
  const audio = answer.trim() === '' ? new Uint8Array() : speak(answer);
  return [
    ...piecesOf(audio).map((piece) => ({ event: 'tts_message', audio: btoa(String.fromCharCode(...piece)) })),
    { event: 'tts_message_end', audio: '' },
  ];
}

const pieceLength = 4096;

function piecesOf(audio: Uint8Array<ArrayBuffer>): readonly Uint8Array<ArrayBuffer>[] {
  const count = Math.ceil(audio.length / pieceLength);
  return Array.from({ length: count }, (_, index) => audio.slice(index * pieceLength, (index + 1) * pieceLength));
}

function streamOf(pieces: readonly Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

const textToAudioPayload = {
  name: 'TextToAudioPayload',
  fields: [
    { name: 'message_id', check: optional(isString) },
    { name: 'voice', check: optional(isString) },
    { name: 'text', check: optional(isString) },
    { name: 'streaming', check: optional(isBoolean) },
  ],
};

/** What becomes of an empty file: the model's plugin refuses it. */
const nothingToHear = `plugin daemon: ${JSON.stringify({
  message:
    "Key: 'InvokePluginRequest[github.com/langgenius/dify-plugin-daemon/pkg/entities/requests.RequestInvokeSpeech2Text].Data.InvokeSpeech2TextSchema.File' Error:Field validation for 'File' failed on the 'required' tag",
  error_type: 'PluginDaemonBadRequestError',
  args: null,
})}, code: -400`;
