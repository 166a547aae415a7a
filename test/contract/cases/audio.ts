import { answered, holds, one, same, unknownId } from '../asking.ts';
import type { Case } from '../case.ts';
import { type Mode, modes } from '../modes.ts';
import { multipart } from '../multipart.ts';
import type { Ask, Expected } from '../ask.ts';

const invalid = { status: 400, code: 'invalid_param' } as const;
const spoken: readonly Mode[] = ['completion', 'chat', 'advanced-chat'];

function recordingOf(type: string, size = 16): Ask {
  return multipart('/audio-to-text', [{ name: 'file', content: new Uint8Array(size), filename: 'a.mp3', type }]);
}

function heard(name: string, type: string, expected: Expected, size?: number): Case {
  return one(name, recordingOf(type, size), expected, { modes: spoken, needs: ['speech-to-text'] });
}

function said(name: string, body: Readonly<Record<string, unknown>>, expected: Expected): Case {
  return one(name, { path: '/text-to-audio', body }, expected, { modes: spoken, needs: ['text-to-speech'] });
}

const audio: Expected = { status: 200, type: 'audio/mpeg' };

/** Speech in both directions. */
export const audioCases: readonly Case[] = [
  heard('speech becomes text', 'audio/mp3', { status: 200 }),
  heard('speech in WAV becomes text', 'audio/wav', { status: 200 }),
  ...['audio/mpeg', 'audio/webm', 'audio/mp4', 'text/plain'].map((type) =>
    heard(`${type} is no speech`, type, { status: 415, code: 'unsupported_audio_type' }),
  ),
  heard('an empty recording is refused', 'audio/wav', invalid, 0),
  heard('a recording has at most 30 MB', 'audio/wav', { status: 413, code: 'audio_too_large' }, 31 * 1024 * 1024),
  one(
    'a recording is missed',
    multipart('/audio-to-text', [{ name: 'user', content: 'x' }]),
    { status: 400, code: 'bad_request_key_error' },
    {
      modes: spoken,
    },
  ),
  one('an app that does not listen says so', recordingOf('audio/mp3'), invalid, {
    modes: spoken,
    needs: ['no-speech-to-text'],
  }),
  said('text becomes speech', { text: 'Hello world.' }, audio),
  said('a voice may be chosen', { text: 'x', voice: 'echo' }, audio),
  said('speech is not streamed', { text: 'x', streaming: true }, audio),
  said('an unknown message has no speech', { message_id: unknownId }, { status: 200 }),
  said('a malformed message has no speech', { message_id: 'abc' }, { status: 200 }),
  said('without a text there is nothing to say', {}, invalid),
  one('an app that does not speak says so', { path: '/text-to-audio', body: { text: 'hello' } }, invalid, {
    modes: spoken,
    needs: ['no-text-to-speech'],
  }),
  {
    name: 'an answer becomes speech',
    modes: ['chat', 'advanced-chat'],
    needs: ['text-to-speech'],
    run: async (app) => {
      const { messageId } = await answered(app);
      await app.send({ path: '/text-to-audio', body: { message_id: messageId } }, audio);
    },
  },
  {
    name: 'an app that speaks by itself does so behind its answer, but for a newer chatflow or workflow',
    modes: modes.filter((mode) => mode !== 'agent'),
    needs: ['speaks-by-itself'],
    run: async (app) => {
      const { events } = await answered(app, 'One two three four. Five six seven eight nine ten eleven twelve.');
      const isSilent = app.generation === 'b' && (app.mode === 'advanced-chat' || app.mode === 'workflow');
      same(
        'speech',
        events.some(({ event }) => event === 'tts_message'),
        !isSilent,
      );
      holds('its end', isSilent || events.at(-1)?.['event'] === 'tts_message_end');
    },
  },
];
