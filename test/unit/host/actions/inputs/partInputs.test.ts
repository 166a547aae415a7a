import assert from 'node:assert/strict';
import type { Completed } from '../../../../../src/host/actions/inputs/completeInputs.ts';
import { PartInputs } from '../../../../../src/host/actions/inputs/partInputs.ts';
import { controlsOf, play } from './scriptedInputs.ts';

const text = { paragraph: { variable: 'text', label: 'Text', required: false, max_length: 10 } };
const tone = { select: { variable: 'tone', label: 'Tone', required: true, options: ['calm', 'lively'] } };
const note = { paragraph: { variable: 'note', label: 'Note', required: false } };
const raw = [text, tone, note];

/** Completes each part with a person who does this. */
function partsOf(...deeds: readonly (readonly string[])[]): { readonly parts: PartInputs; readonly heard: string[] } {
  const left = [...deeds];
  const heard: string[] = [];
  const complete = async (
    form: readonly { readonly variable: string }[],
    filled: Readonly<Record<string, string>>,
  ): Promise<Completed | undefined> => {
    const asked = raw.filter((each) => form.some(({ variable }) => Object.values(each)[0]?.variable === variable));
    const played = await play(left.shift() ?? [], { form: asked, filled });
    heard.push(...played.heard);
    return played.result;
  };
  return { parts: new PartInputs(complete), heard };
}

describe('The inputs of several parts', () => {
  const [mapped = [], open = []] = [[text], [tone, note]].map(controlsOf);

  it('are asked for once', async () => {
    const { parts, heard } = partsOf(['> lively']);

    const first = await parts.of({ text: 'One.' }, mapped, open);
    const second = await parts.of({ text: 'Two.' }, mapped, open);

    assert.equal(heard.length, 1);
    assert.deepEqual(
      [first, second],
      [
        { text: 'One.', tone: 'lively', note: '' },
        { text: 'Two.', tone: 'lively', note: '' },
      ],
    );
  });

  it('hold no text of another part, where that one went into a longer field', async () => {
    const { parts } = partsOf(['> Use the Field Note', '> calm']);

    const first = await parts.of({ text: 'One two three.' }, mapped, open);
    const second = await parts.of({ text: 'Four.' }, mapped, open);

    assert.deepEqual(first, { text: '', tone: 'calm', note: 'One two three.' });
    assert.deepEqual(second, { text: 'Four.', tone: 'calm', note: '' });
  });
});
