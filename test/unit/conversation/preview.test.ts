import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { previewOf, previewOfJson, wholeOf } from '../../../src/conversation/preview.ts';

const kilobytes = 1024;

describe('The preview of a value', () => {
  it('is indented JSON, or the text that it is', () => {
    assert.deepEqual(previewOf({ a: [1, null, true], b: {}, c: 'd"' }), {
      text: JSON.stringify({ a: [1, null, true], b: {}, c: 'd"' }, null, 2),
      size: 67,
    });
    assert.deepEqual(previewOf('plain'), { text: 'plain', size: 5 });
    assert.equal(previewOfJson(' {"a":1}')?.text, '{\n  "a": 1\n}');
    assert.equal(previewOfJson('{no JSON')?.text, '{no JSON');
  });

  it('writes any value as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const preview = previewOf(value);
        if (preview === undefined) return;
        const whole = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
        assert.equal(wholeOf(preview), whole);
        assert.equal(preview.size, whole.length);
      }),
    );
  });

  it('is none of nothing', () => {
    for (const nothing of [undefined, null, '', {}, []]) assert.equal(previewOf(nothing), undefined);
  });

  it('has 2,000 characters of a longer one, whose whole is kept beside it and goes nowhere with it', () => {
    const value = { text: 'x'.repeat(100 * kilobytes) };
    const preview = previewOf(value);

    assert.ok(preview !== undefined);
    assert.equal(preview.text, JSON.stringify(value, null, 2).slice(0, 2_000));
    assert.equal(preview.size, JSON.stringify(value, null, 2).length);
    assert.equal(wholeOf(preview), JSON.stringify(value, null, 2));
    assert.equal(wholeOf(structuredClone(preview)), preview.text);
    assert.ok(JSON.stringify(preview).length < 3 * kilobytes);
  });

  it('is all that is kept of a value over 256 kB, and tells how large it is', () => {
    const values = [
      'x'.repeat(300 * kilobytes),
      { text: 'x'.repeat(300 * kilobytes) },
      Array.from({ length: 30 * kilobytes }, () => 'ten letters'),
    ];
    for (const value of values) {
      const preview = previewOf(value);
      assert.ok(preview !== undefined);
      assert.equal(preview.text.length, 2_000);
      assert.equal(wholeOf(preview), preview.text);
      assert.ok(preview.size >= 300 * kilobytes && preview.size < 500 * kilobytes, `${preview.size}`);
    }
  });

  it('keeps 16 MB of whole values at most: the oldest go', () => {
    const previews = Array.from({ length: 100 }, (_, n) => previewOf(`${n} ${'x'.repeat(200 * kilobytes)}`));
    const kept = previews.map((preview) => preview !== undefined && wholeOf(preview) !== preview.text);

    assert.equal(kept[0], false);
    assert.equal(kept[99], true);
    assert.ok(kept.filter((is) => is).length > 70);
  });

  it('ends where a value is nested deeper than anybody reads', () => {
    let deep: unknown = 'bottom';
    for (let n = 0; n < 100_000; n++) deep = [deep];

    const preview = previewOf(deep);
    assert.ok(preview !== undefined);
    assert.match(wholeOf(preview), /…/);
  });

  it('does not end in the middle of a character', () => {
    assert.equal(previewOf(`${'x'.repeat(1_999)}💡 and more`)?.text, 'x'.repeat(1_999));
  });
});
