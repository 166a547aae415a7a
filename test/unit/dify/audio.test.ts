import assert from 'node:assert/strict';
import { audioToText, audioTypeOf, textToAudio } from '../../../src/dify/audio.ts';
import { neverAborted } from '../../support/difyClient.ts';
import { clientGetting, failureOf, lost, recordedCalls } from '../../support/recordedCalls.ts';
import { bodyOf } from '../../support/recordings.ts';

describe('Audio', () => {
  it('becomes text, or is refused in Dify’s words', async () => {
    const codes = new Set<string | undefined>();
    for (const call of recordedCalls('POST', /^\/audio-to-text$/)) {
      const { client } = clientGetting(call);
      const audio = { name: 'a.mp3', type: 'audio/mp3', size: 1, content: new Uint8Array(1) };
      const heard = audioToText(client, audio, neverAborted);

      if (call.status === 200) assert.deepEqual(lost(call.json, { text: await heard }), [], call.name);
      else codes.add((await failureOf(heard)).code);
    }
    assert.ok(codes.has('unsupported_audio_type') && codes.has('audio_too_large'), [...codes].join());
  });

  it('is called by none of the types that Dify refused when it was recorded', () => {
    const refused = new Set<string>();
    for (const { sent, status } of recordedCalls('POST', /^\/audio-to-text$/)) {
      const form = sent['form'] as readonly [string, { readonly type: string }][];
      if (status === 415) refused.add(form[0]?.[1].type ?? '');
    }
    const named = ['a.mp3', 'a.m4a', 'a.wav', 'a.amr', 'a.mpga'].map((name) => audioTypeOf(name, ''));

    assert.deepEqual(named, ['audio/mp3', 'audio/m4a', 'audio/wav', 'audio/amr', 'audio/mpga']);
    assert.deepEqual(
      [...refused].filter((type) => named.includes(type)),
      [],
    );
    assert.ok(refused.has('audio/mpeg'));
  });

  it('is known by what else its type is called, and by its name; what Dify does not take has no type', () => {
    assert.equal(audioTypeOf('recording', 'audio/mpeg'), 'audio/mp3');
    assert.equal(audioTypeOf('recording', 'audio/mp4;codecs=mp4a.40.2'), 'audio/m4a');
    assert.equal(audioTypeOf('a.wav', 'application/octet-stream'), 'audio/wav');
    for (const type of ['audio/webm', 'text/plain', 'audio/ogg', '']) assert.equal(audioTypeOf('a', type), undefined);
  });

  it('rule 47: is spoken by /text-to-audio, with the bodies that were recorded; null is nothing to say', async () => {
    const spoken = { audio: 0, nothing: 0 };
    for (const call of recordedCalls('POST', /^\/text-to-audio$/)) {
      const { user, streaming, ...body } = call.sent;
      assert.ok(user);
      const { client, sent } = clientGetting(call);
      // Both at once, and neither, are recorded too.
      const work = textToAudio(client, body as { text: string }, neverAborted);

      if (call.status !== 200) assert.equal((await failureOf(work)).kind, 'rejected', call.name);
      else {
        const audio = await work;
        assert.equal(audio === undefined, bodyOf(call.exchange).toString() === 'null\n', call.name);
        if (audio !== undefined) assert.deepEqual(Buffer.from(audio.bytes), bodyOf(call.exchange), call.name);
        spoken[audio === undefined ? 'nothing' : 'audio']++;
      }
      if (streaming === undefined)
        assert.deepEqual(sent, [{ method: 'POST', path: '/text-to-audio', body }], call.name);
    }
    assert.deepEqual(spoken, { audio: 17, nothing: 7 });
  });
});
