import assert from 'node:assert/strict';
import type { Change } from '../../../../src/host/edits/anchor.ts';
import {
  applied,
  type DocumentState,
  planInsertAt,
  planInsertBelow,
  planReplace,
} from '../../../../src/host/edits/planner.ts';
import { Track } from '../../../../src/host/edits/track.ts';

const prose: Omit<DocumentState, 'text'> = { eol: '\n', isProse: true };
const code: Omit<DocumentState, 'text'> = { eol: '\n', isProse: false };

/** Follows the text between each pair of ‹ and ›. */
function follow(marked: string): { readonly text: string; readonly track: Track } {
  const parts = marked.split(/[‹›]/);
  const text = parts.join('');
  let start = 0;
  const places = parts.flatMap((original, at) => {
    const place = { start, original };
    start += original.length;
    return at % 2 === 1 ? [place] : [];
  });
  return { text, track: new Track(text, places) };
}

function touch(track: Track, rangeOffset: number, rangeLength: number, text: string): void {
  const change: Change = { rangeOffset, rangeLength, text };
  track.changed([change], changed(track.text, change));
}

function changed(text: string, change: Change): string {
  return text.slice(0, change.rangeOffset) + change.text + text.slice(change.rangeOffset + change.rangeLength);
}

describe('A replacement', () => {
  it('goes where the text is by then', () => {
    const { track } = follow('One ‹two› three');
    touch(track, 0, 3, 'Zero, one');

    const plan = planReplace({ ...prose, text: track.text }, track.anchors, ['2']);

    assert.deepEqual(plan, { edits: [{ start: 10, end: 13, text: '2' }] });
  });

  for (const [name, offset, length, text, state] of [
    ['what is typed before it', 4, 0, 'x', 'same'],
    ['what is typed after it', 7, 0, 'x', 'same'],
    ['what is typed inside', 5, 0, 'x', 'changed'],
    ['a deletion over its beginning', 3, 2, '', 'changed'],
    ['a deletion over its end', 6, 2, '', 'changed'],
    ['its deletion', 4, 3, '', 'changed'],
    ['its deletion with a space', 3, 4, '', 'changed'],
    ['its deletion with both spaces', 3, 5, '', 'gone'],
  ] as const) {
    it(`knows after ${name} that the text is ${state}`, () => {
      const { track } = follow('One ‹two› three');

      touch(track, offset, length, text);

      assert.equal(track.state, state);
      const plan = planReplace({ ...prose, text: track.text }, track.anchors, ['2']);
      assert.equal('refused' in plan ? plan.refused : 'same', state);
    });
  }

  it('is possible again after a cut that was undone', () => {
    const { track } = follow('One ‹two› three');
    touch(track, 4, 3, '');
    touch(track, 4, 0, 'two');

    assert.equal(track.state, 'same');
  });

  it('is possible after other line ends', () => {
    const { track, text } = follow('a\nb\n‹c\nd›\ne');
    track.changed(
      [{ rangeOffset: 0, rangeLength: text.length, text: 'a\r\nb\r\nc\r\nd\r\ne' }],
      'a\r\nb\r\nc\r\nd\r\ne',
    );

    assert.equal(track.state, 'same');
    const plan = planReplace({ ...prose, eol: '\r\n', text: track.text }, track.anchors, ['x\ny']);
    assert.deepEqual(plan, { edits: [{ start: 6, end: 10, text: 'x\r\ny' }] });
  });

  it('is all or nothing for several parts', () => {
    const { track, text } = follow('‹a› b ‹c›');

    const both = planReplace({ ...prose, text }, track.anchors, ['1', '3']);
    const one = planReplace({ ...prose, text }, track.anchors, [undefined, '3']);
    touch(track, 0, 1, 'x');
    const none = planReplace({ ...prose, text: track.text }, track.anchors, ['1', '3']);
    const still = planReplace({ ...prose, text: track.text }, track.anchors, [undefined, '3']);

    assert.equal('edits' in both && applied(text, both.edits), '1 b 3');
    assert.equal('edits' in one && applied(text, one.edits), 'a b 3');
    assert.deepEqual(none, { refused: 'changed' });
    assert.equal('edits' in still && applied(track.text, still.edits), 'x b 3');
  });

  it('never empties the text', () => {
    const { track, text } = follow('‹a›');

    assert.deepEqual(planReplace({ ...prose, text }, track.anchors, ['<think>Hm']), { refused: 'empty' });
    assert.deepEqual(planReplace({ ...prose, text }, track.anchors, [undefined]), { refused: 'empty' });
  });

  it('does nothing where the text stands there already', () => {
    const { track, text } = follow('‹a› b ‹c›');

    assert.deepEqual(planReplace({ ...prose, text }, track.anchors, ['a', '```\nc\n```']), { refused: 'same' });
    assert.ok('edits' in planReplace({ ...prose, text }, track.anchors, ['a', '3']));
  });

  it('leaves a character whole whose half was selected', () => {
    const { track, text } = follow('a\uD83D‹\uDCA1b\uD83D›\uDCA1');

    const plan = planReplace({ ...prose, text }, track.anchors, ['x']);

    assert.equal('edits' in plan && applied(text, plan.edits), 'a💡x💡');
  });
});

describe('What is inserted', () => {
  for (const [name, marked, kind, after] of [
    ['a paragraph of its own under prose', 'One ‹two› three\n\nFour', prose, 'One two three\n\nX\n\nFour'],
    ['apart from prose that goes on', 'One ‹two›\nthree', prose, 'One two\n\nX\n\nthree'],
    ['a line under code, indented', 'f() {\n  ‹a();›\n}', code, 'f() {\n  a();\n  X\n}'],
    ['under the last line, not under the next', '‹a();\n›b();', code, 'a();\nX\nb();'],
    ['at the end of the document', '‹a›', code, 'a\nX'],
  ] as const) {
    it(`stands ${name}`, () => {
      const { track, text } = follow(marked);

      const plan = planInsertBelow({ ...kind, text }, track.anchors, ['X']);

      assert.equal('edits' in plan && applied(text, plan.edits), after);
    });
  }

  it('stands below a text that changed, too', () => {
    const { track } = follow('‹a›');
    touch(track, 0, 1, 'b');

    const plan = planInsertBelow({ ...code, text: track.text }, track.anchors, ['X']);

    assert.equal('edits' in plan && applied(track.text, plan.edits), 'b\nX');
  });

  it('stands at the cursor, indented like its line', () => {
    const text = 'a\n  b c\r\n';

    const plan = planInsertAt({ eol: '\r\n', isProse: true, text }, 6, 'x\ny');

    assert.equal('edits' in plan && applied(text, plan.edits), 'a\n  b x\r\n  yc\r\n');
  });

  it('leaves the line that code is put before on a line of its own', () => {
    const at = (text: string, offset: number, answer: string): string => {
      const plan = planInsertAt({ ...code, text }, offset, answer);
      return 'edits' in plan ? applied(text, plan.edits) : plan.refused;
    };

    assert.equal(at('old();\n', 0, '```ts\na();\nb();\n```'), 'a();\nb();\nold();\n');
    assert.equal(at('{\n  old();\n}', 4, '```ts\na();\n```'), '{\n  a();\n  old();\n}');
    assert.equal(at('x = ;', 4, '```ts\n1\n```'), 'x = 1;');
    assert.equal(at('\nold();', 0, '```ts\na();\n```'), 'a();\nold();');
    assert.equal(at('old', 0, 'prose '), 'proseold');
  });
});
