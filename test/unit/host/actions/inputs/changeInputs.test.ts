import assert from 'node:assert/strict';
import { play } from './scriptedInputs.ts';

const form = [
  { 'text-input': { variable: 'topic', label: 'Topic', required: true, max_length: 8 } },
  { select: { variable: 'tone', label: 'Tone', options: ['calm', 'lively'], default: 'calm' } },
  { checkbox: { variable: 'greeting', label: 'Greeting' } },
];
const inputs = { topic: 'Boats', tone: 'lively', greeting: true };

describe('Changing the inputs of a request', () => {
  it('shows every field with its value, and runs what was changed', async () => {
    const { heard, result } = await play(['> Tone', '> Not set', '> Run'], { form, inputs });

    assert.deepEqual(heard, [
      'Writer: All Fields [*Run, Topic (Boats), Tone (lively), Greeting (Yes)] Choose a field to change it.',
      'Writer: Tone [Not set, calm, *lively] (optional)',
      'Writer: All Fields [*Run, Topic (Boats), Tone (Not set), Greeting (Yes)] Choose a field to change it.',
    ]);
    assert.deepEqual(result, { type: 'inputs', inputs: { topic: 'Boats', greeting: true } });
  });

  it('leads to the field that needs attention instead of sending what would be refused', async () => {
    const { heard, result } = await play(['> Run', 'Boats', '> Run'], { form, inputs: { greeting: false } });

    assert.deepEqual(heard.slice(0, 2), [
      'Writer: All Fields [*Run (1 field needs attention), Topic – The app needs a value here., Tone (Not set), Greeting (No)] Choose a field to change it.',
      'Writer: Topic | 0 / 8',
    ]);
    assert.deepEqual(result, { type: 'inputs', inputs: { topic: 'Boats', greeting: false } });
  });

  it('keeps what was typed on the way back, drops it at Esc, and sends nothing when given up', async () => {
    const { heard, result } = await play(['> Topic', '~back Ships', '> Topic', '~esc Cars', 'esc'], { form, inputs });

    assert.match(heard[2] ?? '', /Topic \(Ships\)/);
    assert.match(heard[4] ?? '', /Topic \(Ships\)/);
    assert.equal(result, undefined);
  });
});
