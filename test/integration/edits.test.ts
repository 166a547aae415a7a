import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  commands,
  EndOfLine,
  Range,
  Selection,
  workspace,
  WorkspaceEdit,
  type TextDocument,
  type TextEditor,
} from 'vscode';
import { documentText, indentationStep } from '../../src/conversation/documentText.ts';
import type { Edits } from '../../src/host/edits/edits.ts';
import type { Followed } from '../../src/host/edits/followed.ts';
import { editsInTests, sourceOf } from './editsInTests.ts';

const answer = 'New 💡 line\n  and another\n\nend';
const thinking = `<think>Hm.</think>\`\`\`ts\n${answer}\n\`\`\``;

describe('Answers in documents', function () {
  this.timeout(60_000);
  const { asked, edits, open } = editsInTests();

  it('are whole in 200 cases, each one undo step', async () => {
    // In Markdown VS Code would make an outline and look for links after every edit.
    const editor = await open('', 'cases.txt');
    let refused = 0;
    for (const one of fc.sample(cases, { seed: 6, numRuns: 200 })) {
      asked.length = 0;
      const told = JSON.stringify(one);
      const { base, followed } = await begin(editor, one, edits());
      const { document } = editor;
      const ended = await runs[one.kind](followed, document, one);
      const after = document.getText();
      if (ended.before === undefined) {
        refused++;
        assert.equal(ended.done, false, told);
        assert.equal(asked.length, 1, told);
        assert.equal(outside(after), outside(ended.now), told);
      } else {
        assert.equal(ended.done, true, told);
        assert.equal(ended.before, withEdit(base, one), told);
        if (one.kind === 'below') assert.equal(inserted(after, ended.before), one.parts, told);
        else assert.equal(after, answered(ended.before, one), told);
        await commands.executeCommand('undo');
        assert.equal(document.getText(), ended.before, told);
        await commands.executeCommand('redo');
        assert.equal(document.getText(), after, told);
      }
      followed.dispose();
    }
    assert.ok(refused > 20 && refused < 120, `${refused} were refused.`);
    await editor.document.save();
  });
});

type Kind = 'direct' | 'below' | 'live';

interface Case {
  readonly kind: Kind;
  readonly crlf: boolean;
  readonly indent: string;
  readonly parts: number;
  readonly lines: number;
  readonly tail: boolean;
  /** Where the person types while the answer is on its way. */
  readonly typing: 'nowhere' | 'before' | 'after' | 'inside' | 'over';
  readonly writes: readonly number[];
}

const cases: fc.Arbitrary<Case> = fc.record({
  kind: fc.constantFrom('direct', 'below', 'live', 'live'),
  crlf: fc.boolean(),
  indent: fc.constantFrom('', '  ', '\t'),
  parts: fc.integer({ min: 1, max: 3 }),
  lines: fc.integer({ min: 1, max: 3 }),
  tail: fc.boolean(),
  typing: fc.constantFrom('nowhere', 'nowhere', 'before', 'after', 'inside', 'over'),
  writes: fc.array(fc.nat(60).filter(hasInside), { minLength: 1, maxLength: 4 }),
});

/** Whether there is a place inside what so much of the answer writes, if it writes anything. */
function hasInside(size: number): boolean {
  const place = { before: '', original: '', eol: '\n', step: undefined } as const;
  const { length } = documentText(thinking.slice(0, size), place);
  return length === 0 || length > 2;
}

interface Ended {
  readonly done: boolean;
  /** The text to which one undo leads back; `undefined` if nothing may change. */
  readonly before: string | undefined;
  readonly now: string;
}

const runs: Record<Kind, (followed: Followed, document: TextDocument, one: Case) => Promise<Ended>> = {
  direct: async (followed, document, one) => {
    await typeSomewhere(document, one);
    const now = document.getText();
    const done = await followed.replace(answersOf(one), 'direct');
    return { done, now, before: mayChange(one) ? now : undefined };
  },
  below: async (followed, document, one) => {
    await typeSomewhere(document, one);
    const now = document.getText();
    const done = await followed.insertBelow(answersOf(one));
    return { done, now, before: now };
  },
  live: async (followed, document, one) => {
    const start = document.getText();
    const lives = answersOf(one).map((_, part) => followed.live(part));
    const typedAt = Math.floor(one.writes.length / 2);
    let now = start;
    for (const [at, size] of one.writes.entries()) {
      for (const live of lives) live.write(thinking.slice(0, size));
      if (at % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
      if (at === typedAt) await typeSomewhere(document, one);
      now = document.getText();
    }
    const done = await Promise.all(lives.map((live) => live.finish(thinking)));
    return { done: done.every(Boolean), now, before: mayChange(one) ? withEdit(start, one) : undefined };
  },
};

function mayChange({ typing }: Case): boolean {
  return typing !== 'inside' && typing !== 'over';
}

function answersOf({ parts }: Case): readonly string[] {
  return Array.from({ length: parts }, () => thinking);
}

/** Fills the document: each part stands between ⟦ and ⟧ on lines of its own. */
async function begin(
  editor: TextEditor,
  one: Case,
  edits: Edits,
): Promise<{ readonly base: string; readonly followed: Followed }> {
  const { crlf, indent, parts, lines, tail } = one;
  const eol = crlf ? '\r\n' : '\n';
  const originals = Array.from({ length: parts }, (_, part) =>
    Array.from({ length: lines }, (__, line) => `${indent}𠮷 text ${part} line ${line}.`).join(eol),
  ).map((text) => (tail ? text + eol : text));
  const base = `# 💡 Plan${eol}${originals.map((text) => `⟦${eol}${text}⟧${eol}`).join(eol)}Last${eol}`;
  const { document } = editor;
  await editor.edit((builder) => {
    builder.replace(new Range(0, 0, document.lineCount, 0), base);
    builder.setEndOfLine(crlf ? EndOfLine.CRLF : EndOfLine.LF);
  });
  assert.equal(document.getText(), base);
  let from = 0;
  const ranges = originals.map((text) => {
    const start = base.indexOf(text, from);
    from = start + text.length;
    return new Range(document.positionAt(start), document.positionAt(from));
  });
  editor.selections = ranges.map(({ start, end }) => new Selection(start, end));
  return { base, followed: edits.follow(sourceOf(document, ranges), 'Summary') };
}

/** Does to the document what a person would; the change is made whole whatever streams meanwhile. */
async function typeSomewhere(document: TextDocument, { typing, indent }: Case): Promise<void> {
  for (let done = typing === 'nowhere'; !done;) {
    const text = document.getText();
    const edit = new WorkspaceEdit();
    const range = (start: number, end: number): Range =>
      new Range(document.positionAt(start), document.positionAt(end));
    const open = text.indexOf('⟦');
    const inside = open + (text.includes('⟦\r\n') ? 3 : 2);
    if (typing === 'before') edit.insert(document.uri, document.positionAt(open), '💡x');
    if (typing === 'after') edit.insert(document.uri, document.positionAt(text.indexOf('Last')), 'x\n');
    if (typing === 'inside') edit.insert(document.uri, document.positionAt(text.indexOf('⟧') - 2), 'typed');
    if (typing === 'over') edit.replace(document.uri, range(open, inside + indent.length + 2), '');
    done = await workspace.applyEdit(edit);
  }
}

/** The same by hand. */
function withEdit(text: string, { kind, typing, crlf, indent }: Case): string {
  const open = text.indexOf('⟦');
  const eol = crlf ? '\r\n' : '\n';
  if (typing === 'before') return `${text.slice(0, open)}💡x${text.slice(open)}`;
  if (typing === 'after') return text.replace('Last', `x${eol}Last`);
  if (kind !== 'below' || typing === 'nowhere') return text;
  if (typing === 'over') return text.slice(0, open) + text.slice(open + 1 + eol.length + indent.length + 2);
  const close = text.indexOf('⟧') - 2;
  return `${text.slice(0, close)}typed${text.slice(close)}`.replace('\rtyped\n', '\r\ntyped');
}

/** What the answers make of it, found by searching. */
function answered(text: string, { crlf, indent, lines, tail, parts }: Case): string {
  const eol = crlf ? '\r\n' : '\n';
  const step = indentationStep(text);
  return Array.from({ length: parts }, (_, part) =>
    Array.from({ length: lines }, (__, line) => `${indent}𠮷 text ${part} line ${line}.`).join(eol),
  )
    .map((original) => (tail ? original + eol : original))
    .reduce((all, original) => {
      const place = { before: '', original, eol, step } as const;
      return all.replace(original, () => documentText(thinking, place));
    }, text);
}

/** How many answers stand in the text that did not before; all else is the same. */
function inserted(after: string, before: string): number {
  const block = /\s*New 💡 line\s+and another\s+end\s*/gu;
  assert.equal(after.replaceAll(block, '').replaceAll(/\s/g, ''), before.replaceAll(/\s/g, ''));
  return [...after.matchAll(block)].length;
}

/** The text around the parts. */
function outside(text: string): string {
  return text.replaceAll(/⟦[^⟧]*⟧/g, '⟦⟧');
}
