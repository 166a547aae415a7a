import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { StateChange } from '../../../../../src/conversation/protocol.ts';
import { Speaking } from '../../../../../src/host/chat/turns/speaking.ts';
import { exchangeOf } from '../../../../support/recordedRuns.ts';
import { bodyOf } from '../../../../support/recordings.ts';
import { answeredMessage, parametersWith, TurnWorld } from './turnWorld.ts';

const recorded = (index: number) => exchangeOf('a/chat/speech', index);

describe('Reading an answer aloud', () => {
  let world: TurnWorld;
  let speaking: Speaking;
  let changes: StateChange[];
  let autoPlay: boolean;

  beforeEach(async () => {
    world = new TurnWorld();
    autoPlay = false;
    const textToSpeech = { enabled: true, voice: undefined, language: undefined, autoPlay: true };
    const parameters = await parametersWith({ textToSpeech });
    const { clients, log, talk } = world;
    speaking = new Speaking({
      clients,
      log,
      talk,
      details: { knownParameters: () => parameters },
      autoPlay: () => autoPlay,
    });
    changes = [];
    speaking.onDidChange((change) => changes.push(change));
  });

  const states = () => changes.map(({ speech }) => speech?.state);

  it('gives the page the sound that Dify makes of the message', async () => {
    world.answersWith(recorded(4));
    await speaking.speak('k');

    assert.deepEqual(states(), ['reading', 'ready']);
    assert.deepEqual(
      world.asked.map(({ path, body }) => [path, body]),
      [['/text-to-audio', { message_id: 'm', user: 'u-1' }]],
    );
    const { speech } = speaking.state();
    assert.equal(speech?.audio, `data:audio/mpeg;base64,${bodyOf(recorded(4)).toString('base64')}`);
    assert.equal(speech.key, 'k');
    assert.equal(speech.unasked, false);
  });

  it('reads what is shown where Dify has nothing of the message, without the thinking', async () => {
    world.conversation = { ...world.conversation, messages: [answeredMessage({ text: '<think>Hm.</think>Yes.' })] };
    world.answersWith(recorded(6), recorded(3));
    await speaking.speak('k');

    assert.deepEqual(states(), ['reading', 'ready']);
    assert.deepEqual(world.asked[1]?.body, { text: 'Yes.', user: 'u-1' });
  });

  it('says at the answer why it failed', async () => {
    world.answersWith(recorded(8));
    await speaking.speak('k');

    assert.deepEqual(states(), ['reading', 'failed']);
    assert.match(speaking.state().speech?.problem ?? '', /Text is required/);
  });

  it('ends when it is stopped, or when another conversation is shown, and shows nothing that comes later', async () => {
    world.answersWith(recorded(4), recorded(4));
    const reading = speaking.speak('k');
    speaking.stop();
    await reading;
    assert.deepEqual(states(), ['reading', undefined]);

    await speaking.speak('k');
    world.shown.fire();
    assert.equal(speaking.state().speech, undefined);
  });

  it('is unasked only where the owner and the person both want it', async () => {
    world.answersWith(recorded(4));
    world.end();
    await setImmediate();
    assert.deepEqual(world.asked, []);

    autoPlay = true;
    const ready = new Promise((resolve) => {
      speaking.onDidChange(({ speech }) => speech?.state === 'ready' && resolve(speech));
    });
    world.end();
    await ready;
    assert.equal(speaking.state().speech?.unasked, true);
  });
});
