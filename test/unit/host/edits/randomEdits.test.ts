import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { documentText } from '../../../../src/conversation/documentText.ts';
import type { Change } from '../../../../src/host/edits/anchor.ts';
import {
  applied,
  type DocumentState,
  type Edit,
  planReplace,
  replacementOf,
  withoutCommonStart,
} from '../../../../src/host/edits/planner.ts';
import { Track } from '../../../../src/host/edits/track.ts';

/** What happens to a document while answers are on their way. */
type Act =
  | {
      readonly type: 'edit';
      readonly at: number;
      readonly length: number;
      readonly size: number;
      readonly lines: boolean;
    }
  | { readonly type: 'write'; readonly part: number; readonly size: number };

const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    fc.record({
      type: fc.constant('edit' as const),
      at: fc.nat(200),
      length: fc.oneof({ weight: 4, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(30) }),
      size: fc.nat(4),
      lines: fc.boolean(),
    }),
    fc.record({ type: fc.constant('write' as const), part: fc.nat(2), size: fc.nat(40) }),
  ),
  { maxLength: 8 },
);

/** Begins with a character of which the first half is that of characters in the documents. */
const answer = '<think>Hm.</think>```ts\n\u{203FF}if (new) {\n  💡();\n\n\tdone;\n}\n```';

/** A document without a character twice but for blank space: what is lost, moved or doubled is seen. */
class Model {
  readonly eol: '\n' | '\r\n';
  readonly track: Track;
  readonly originals: readonly string[];
  text: string;
  #last = 0;

  constructor(eol: '\n' | '\r\n', outer: readonly number[], inner: readonly number[], indent: string) {
    this.eol = eol;
    const originals = inner.map((size) => this.fresh(size + 1, true, indent).trimStart());
    const around = [...outer, 0].slice(0, inner.length + 1).map((size) => this.fresh(size, true, indent));
    this.text = originals.reduce((text, original, at) => text + original + (around[at + 1] ?? ''), around[0] ?? '');
    this.originals = originals;
    this.track = new Track(
      this.text,
      originals.map((original) => ({ start: this.text.indexOf(original), original })),
    );
  }

  get state(): DocumentState {
    return { text: this.text, eol: this.eol, isProse: true };
  }

  /** Characters that are nowhere else, every third one of two halves. */
  fresh(size: number, lines: boolean, indent = ''): string {
    const one = (): string => {
      this.#last++;
      const character = String.fromCodePoint(this.#last % 3 === 0 ? 0x20000 + this.#last : 0x4e00 + this.#last);
      return lines && this.#last % 4 === 0 ? this.eol + indent + character : character;
    };
    return Array.from({ length: size }, one).join('');
  }

  edit({ at, length, size, lines }: Extract<Act, { type: 'edit' }>): void {
    const start = this.#whole(at % (this.text.length + 1));
    const end = this.#whole(Math.min(this.text.length, start + length));
    const change = { rangeOffset: start, rangeLength: end - start, text: this.fresh(size, lines) };
    this.text = changed(this.text, change);
    this.track.changed([change], this.text);
  }

  /** Streams into a part as the editor would. */
  write(part: number, answerSoFar: string): void {
    const anchor = this.track.anchors[part];
    if (anchor === undefined || this.track.stateOf(part) !== 'same') return;
    const whole = replacementOf(this.state, anchor, answerSoFar);
    if (whole.text !== '') this.own(part, withoutCommonStart(whole, this.text), whole.text);
  }

  own(part: number, { start, end, text }: Edit, written: string): void {
    // VS Code would move such an edit to whole characters, and other text would be there than we know of.
    assert.deepEqual([this.#whole(start), this.#whole(end), text.isWellFormed()], [start, end, true]);
    const change = { rangeOffset: start, rangeLength: end - start, text };
    this.text = changed(this.text, change);
    this.track.wrote(part, change, this.text, written);
  }

  /** What stands at the part is what was there or what was written: back to what was there. */
  putBack(part: number): void {
    const anchor = this.track.anchors[part];
    if (anchor === undefined || this.track.stateOf(part) !== 'same') return;
    this.own(part, { start: anchor.start, end: anchor.end, text: anchor.original }, anchor.original);
  }

  /** An editor does not stand between the halves of a character or of a line end. */
  #whole(offset: number): number {
    const pair = this.text.slice(Math.max(0, offset - 1), offset + 1);
    return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(pair) || pair === '\r\n' ? offset - 1 : offset;
  }
}

const documents = fc.record({
  eol: fc.constantFrom('\n' as const, '\r\n' as const),
  outer: fc.array(fc.nat(12), { minLength: 4, maxLength: 4 }),
  inner: fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }),
  indent: fc.constantFrom('', '  ', '\t', '    '),
  acts,
});

describe('10,000 documents that change while answers are on their way', () => {
  it('are whole afterwards: only text that is still as it was gives way, by edits that can be taken back', () => {
    let replaced = 0;
    fc.assert(
      fc.property(documents, ({ eol, outer, inner, indent, acts: all }) => {
        const model = new Model(eol, outer, inner, indent);
        for (const act of all) if (act.type === 'edit') model.edit(act);
        const answers = inner.map((_, at) => `${answer}${at === 1 ? '\n' : ''}`);
        const before = model.text;
        const isIntact = model.originals.every((original) => before.includes(original));

        const plan = planReplace(model.state, model.track.anchors, answers);

        if ('refused' in plan) {
          assert.equal(isIntact, false, 'refused, though nobody touched the text');
          return;
        }
        replaced++;
        assert.equal(isIntact, true, 'replaces what was touched');
        const after = applied(before, plan.edits);
        assert.equal(after, expected(model, before, answers));
        assert.equal(applied(after, inverse(before, plan.edits)), before);
      }),
      { numRuns: 5000 },
    );
    assert.ok(replaced > 1000, `${replaced} were replaced.`);
  });

  it('are whole where the answers stream into them, and the person does something in between', () => {
    fc.assert(
      fc.property(documents, ({ eol, outer, inner, indent, acts: all }) => {
        const model = new Model(eol, outer, inner, indent);
        for (const act of all) streamOrEdit(model, act);
        const isSame = model.track.state === 'same';
        inner.forEach((_, part) => model.putBack(part));
        const before = model.text;
        const outside = outsideOf(model);

        const plan = planReplace(
          model.state,
          model.track.anchors,
          inner.map(() => answer),
        );

        if ('refused' in plan) {
          assert.equal(isSame, false);
          return;
        }
        assert.deepEqual(
          model.originals.filter((original) => !before.includes(original)),
          [],
        );
        const after = applied(before, plan.edits);
        assert.equal(
          after,
          expected(
            model,
            before,
            inner.map(() => answer),
          ),
        );
        assert.deepEqual(
          outside.filter((text) => !after.includes(text)),
          [],
        );
      }),
      { numRuns: 5000 },
    );
  });
});

/** While it streams every edit of the person puts the text back first, as the editor does. */
function streamOrEdit(model: Model, act: Act): void {
  if (act.type === 'write') {
    if (act.part < model.originals.length) model.write(act.part, answer.slice(0, act.size));
    return;
  }
  const before = outsideOf(model);
  model.edit({ ...act, length: 0 });
  model.originals.forEach((_, part) => model.putBack(part));
  // All but the piece that was typed into is as it was.
  const lost = before.filter((text) => !model.text.includes(text));
  assert.ok(lost.length <= 1, `${lost.length} pieces outside were lost`);
}

/** The pieces of text around the parts. */
function outsideOf({ text, track }: Model): readonly string[] {
  let end = 0;
  const pieces = track.anchors.map((anchor) => {
    const piece = text.slice(end, anchor.start);
    end = anchor.end;
    return piece;
  });
  return [...pieces, text.slice(end)];
}

/** The same by searching: no character is in a document twice. */
function expected({ originals, eol }: Model, before: string, answers: readonly string[]): string {
  return originals.reduce((text, original, at) => {
    const start = before.indexOf(original);
    const line = before.slice(0, start).split('\n').at(-1) ?? '';
    const step = /^(\t| {2,})/m.exec(before)?.[1] === undefined ? undefined : stepIn(before);
    return text.replace(original, () => documentText(answers[at] ?? '', { before: line, original, eol, step }));
  }, before);
}

function stepIn(text: string): string | undefined {
  const indents = text.match(/^(?:\t| {2,})(?=[ \t]*\S)/gm) ?? [];
  if (indents.length === 0) return undefined;
  return indents[0] === '\t' ? '\t' : ' '.repeat(Math.min(...indents.map((indent) => indent.length)));
}

function inverse(before: string, edits: readonly Edit[]): readonly Edit[] {
  let grown = 0;
  return edits.map(({ start, end, text }) => {
    const edit = { start: start + grown, end: start + grown + text.length, text: before.slice(start, end) };
    grown += text.length - (end - start);
    return edit;
  });
}

function changed(text: string, change: Change): string {
  return text.slice(0, change.rangeOffset) + change.text + text.slice(change.rangeOffset + change.rangeLength);
}
