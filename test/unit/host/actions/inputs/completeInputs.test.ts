import assert from 'node:assert/strict';
import { firstCharacters } from '../../../../../src/host/actions/inputs/fitLengths.ts';
import type { Completed } from '../../../../../src/host/actions/inputs/completeInputs.ts';
import { play } from './scriptedInputs.ts';

const text = { paragraph: { variable: 'text', label: 'Text', required: true, max_length: 20 } };
const topic = { 'text-input': { variable: 'topic', label: 'Topic', required: true, max_length: 8 } };
const tone = { select: { variable: 'tone', label: 'Tone', required: true, options: ['calm', 'lively'] } };
const count = { number: { variable: 'count', label: 'Count', required: true } };
const greeting = { checkbox: { variable: 'greeting', label: 'Greeting', required: true } };
const facts = { json_object: { variable: 'facts', label: 'Facts', required: true } };
const note = { paragraph: { variable: 'note', label: 'Note', required: false } };

function inputsIn(result: Completed | undefined): unknown {
  return result?.type === 'inputs' ? result.inputs : result;
}

describe('Completing the inputs of an app', () => {
  it('asks nothing where everything is filled in, has a default or may stay empty', async () => {
    const form = [text, { ...tone, select: { ...tone.select, default: 'calm' } }, greeting, note];

    const { result, heard } = await play([], { form, filled: { text: 'Hello' } });

    assert.deepEqual(heard, []);
    assert.deepEqual(inputsIn(result), { text: 'Hello', tone: 'calm', greeting: false, note: '' });
  });

  it('asks for the rest step by step, and says what is wrong before anything is sent', async () => {
    const { result, heard } = await play(['too long a topic', 'Boats', '> lively', 'twelve', '12'], {
      form: [text, topic, tone, count],
      filled: { text: 'Hello' },
    });

    assert.deepEqual(heard, [
      'Writer (1/3): Topic | 0 / 8',
      '! Too long by 8 characters.',
      'Writer (1/3): Topic | too long a topic | 16 / 8',
      'Writer (2/3): Tone [calm, lively]',
      'Writer (3/3): Count',
      '! Enter a number, for example 12.',
      'Writer (3/3): Count | twelve',
    ]);
    assert.deepEqual(inputsIn(result), { text: 'Hello', topic: 'Boats', tone: 'lively', count: 12 });
  });

  it('keeps what was typed when the person goes back and forth', async () => {
    const { heard, result } = await play(
      ['Boats', '> calm', '~back 1', 'back', '~back Ships', 'Ships', '> calm', '12'],
      {
        form: [topic, tone, count],
      },
    );

    assert.deepEqual(heard.slice(3), [
      'Writer (2/3): Tone [*calm, lively]',
      'Writer (1/3): Topic | Boats | 5 / 8',
      'Writer (1/3): Topic | Ships | 5 / 8',
      'Writer (2/3): Tone [*calm, lively]',
      'Writer (3/3): Count | 1',
    ]);
    assert.deepEqual(inputsIn(result), { topic: 'Ships', tone: 'calm', count: 12 });
  });

  it('is given up with Esc, and sends nothing', async () => {
    assert.equal((await play(['Boats', 'esc'], { form: [topic, tone] })).result, undefined);
  });

  it('remembers by recipe and app what was given, and puts it first', async () => {
    const form = [topic, tone];
    const { remembered } = await play(['Boats', '> lively'], { form });

    const { heard } = await play(['Boats', '> lively'], { form, remembered });

    assert.deepEqual(heard, ['Writer (1/2): Topic | Boats | 5 / 8', 'Writer (2/2): Tone [*lively (last time), calm]']);
  });

  it('forgets a choice that the app no longer offers', async () => {
    const { remembered } = await play(['> lively'], { form: [tone] });
    const changed = { select: { ...tone.select, options: ['calm', 'sober'] } };

    const { heard } = await play(['> calm'], { form: [changed], remembered });

    assert.deepEqual(heard, ['Writer: Tone [calm, sober]']);
  });

  it('asks where a filled-in text is no choice of the app, and takes one that is written otherwise', async () => {
    const { heard, result } = await play(['> calm'], { form: [tone, count], filled: { tone: 'angry', count: '5' } });

    assert.deepEqual(heard, ['Writer: Tone [calm, lively] The app does not offer “angry”. Choose another.']);
    assert.deepEqual(inputsIn(result), { tone: 'calm', count: 5 });
    assert.deepEqual(inputsIn((await play([], { form: [tone], filled: { tone: 'Calm ' } })).result), { tone: 'calm' });
  });

  it('takes text of several lines from an editor, and shows it whole on the way back', async () => {
    const form = [{ paragraph: { ...text.paragraph, max_length: 30 } }, topic];
    const { heard, result } = await play(['| one\ntwo', 'back', '> Edit in an Editor…', '| one\ntwo\nthree', 'Boats'], {
      form,
    });

    assert.deepEqual(heard.slice(2), [
      'Writer (1/2): Text [*Use This Text (2 lines · 7 / 30) – one two, Edit in an Editor…, Start Over]',
      'editor: Text | one\ntwo',
      'Writer (2/2): Topic | 0 / 8',
    ]);
    assert.deepEqual(inputsIn(result), { text: 'one\ntwo\nthree', topic: 'Boats' });
  });

  it('says the line in which JSON is broken, and leads back to the editor', async () => {
    const deeds = ['| {"a": 1\n"b": 2}', '> Edit in an Editor…', '| {"a": 1,\n"b": 2}'];
    const { heard, result } = await play(deeds, { form: [facts] });

    assert.equal(heard[1], 'Writer: Facts [*Edit in an Editor…, Start Over] Line 2: a comma is missing before "b".');
    assert.deepEqual(inputsIn(result), { facts: { a: 1, b: 2 } });
  });

  it('shows all fields when the person asks for them', async () => {
    const deeds = ['~all Boats', '> Note', 'Be kind', '> Run'];
    const { heard, remembered, result } = await play(deeds, { form: [topic, note] });

    assert.equal(heard[1], 'Writer: All Fields [*Run, Topic (Boats), Note (Not set)] Choose a field to change it.');
    assert.deepEqual(inputsIn(result), { topic: 'Boats', note: 'Be kind' });
    assert.deepEqual(remembered.get('inputs:polish:app-1'), { topic: 'Boats', note: 'Be kind' });
  });
});

describe('A text that is too long for its field', () => {
  const filled = { text: 'One two three four five six.' };
  const told =
    'Writer [Choose Another App…, Send the First 20 Characters – It ends with: “One two three four f”, Select Less]';
  const sentence = 'The text has 28 characters; “Text” takes 20.';

  it('can be cut, where the person sees it', async () => {
    const { heard, result } = await play(['> Send the First 20 Characters'], { form: [text], filled });

    assert.deepEqual(heard, [`${told} ${sentence}`]);
    assert.deepEqual(inputsIn(result), { text: 'One two three four f' });
  });

  it('can go to a longer field that nothing else is for, or to another app, or stay', async () => {
    const form = [
      { paragraph: { ...text.paragraph, required: false } },
      { paragraph: { ...note.paragraph, max_length: 100 } },
    ];
    const { heard, result } = await play(['> Use the Field Note'], { form, filled });

    assert.match(heard[0] ?? '', /Use the Field Note \(takes 100\), /);
    assert.deepEqual(inputsIn(result), { text: '', note: filled.text });
    assert.deepEqual((await play(['> Choose Another App…'], { form: [text], filled })).result, { type: 'anotherApp' });
    assert.equal((await play(['> Select Less'], { form: [text], filled })).result, undefined);
    assert.equal((await play(['esc'], { form: [text], filled })).result, undefined);
  });

  it('is counted as the server counts, and cut between what is seen as characters', () => {
    assert.equal(firstCharacters('a👩‍🚀b', 3), 'a');
    assert.equal(firstCharacters('a👩‍🚀b', 4), 'a👩‍🚀');
    assert.equal(firstCharacters('你好世界', 2), '你好');
    assert.equal(firstCharacters('x\r\ny', 2), 'x');
    assert.equal(firstCharacters('short', 10), 'short');
  });
});
