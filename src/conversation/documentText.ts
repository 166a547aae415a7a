import { withoutThinking } from './thinking.ts';

/** Where a text will stand in a document. */
export interface Place {
  /** What stands before it on its first line. */
  readonly before: string;
  /** What stood there; '' where nothing did. Its blank ends and its indentation are those of the new text too. */
  readonly original: string;
  readonly eol: '\n' | '\r\n';
  /** One step of indentation in this document, a tab or spaces; `undefined` where it has none yet. */
  readonly step: string | undefined;
}

/** An answer as it goes into a document: `content`, and the language that its fence names, '' if there is none. */
export interface PlainAnswer {
  readonly content: string;
  readonly language: string;
}

/** What Dify 0.15 made of `<think>`, at the beginning of an answer. */
const oldThinking = /^\s*<details[^>]*>\s*<summary>\s*Thinking\b[^<]*<\/summary>[\s\S]*?(?:<\/details>|$)/i;

/** The answer without what the model thought, and without the fence around it if all of it is one block of code. Line ends are `\n`. */
export function plainAnswer(answer: string): PlainAnswer {
  const spoken = spokenIn(answer);
  return unfenced(spoken) ?? { content: spoken, language: '' };
}

/**
 * The answer as it goes to a place in a document: without what the model thought, without a fence around all of it (unless the text that
 * it replaces had one), indented as the place is, with the document's line ends, and with the blank ends of the text that it replaces.
 * The answer may still be growing. '' if the model said nothing.
 */
export function documentText(answer: string, place: Place): string {
  const original = withNewlines(place.original);
  const spoken = spokenIn(answer);
  const content = unfenced(original.trim()) === undefined ? (unfenced(spoken)?.content ?? spoken) : spoken;
  const body = content.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  if (body === '') return '';
  const lines = inSteps(withWideStart(body, original).split('\n'), place.step);
  const tail = /\s*$/.exec(original.trimStart())?.[0] ?? '';
  const text = indented(lines, edgeOf(original, place.before)) + tail;
  return place.eol === '\n' ? text : text.replaceAll('\n', place.eol);
}

/** A Chinese paragraph begins with wide spaces, which models leave out. */
function withWideStart(body: string, original: string): string {
  const wide = /^[ \t\n]*([^\S \t\n]+)/.exec(original)?.[1];
  return wide === undefined ? body : wide + body.trimStart();
}

/** The step by which the lines of a text are indented. */
export function indentationStep(text: string): string | undefined {
  const indents = text.match(/^(?:\t| {2,})(?=[ \t]*\S)/gm) ?? [];
  const spaces = indents.filter((indent) => indent !== '\t').map((indent) => indent.length);
  if (indents.length === 0) return undefined;
  return spaces.length * 2 < indents.length ? '\t' : ' '.repeat(Math.min(8, ...spaces));
}

function spokenIn(answer: string): string {
  const text = withNewlines(answer).replace(/^\uFEFF/, '');
  // The second half of the last character may still be on its way.
  const whole = text.replace(/[\uD800-\uDBFF]$/, '').toWellFormed();
  return withoutThinking(whole).replace(oldThinking, '');
}

function withNewlines(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}

/** What is in the fence, if the whole text is one fenced block; one that is not closed goes on to the end. */
function unfenced(text: string): PlainAnswer | undefined {
  const lines = text.trim().split('\n');
  const [, fence = '', language = ''] = /^(`{3,}|~{3,})[ \t]*([^`\s]*)[^`]*$/.exec(lines[0] ?? '') ?? [];
  if (fence === '') return undefined;
  const end = lines.findIndex((line, at) => at > 0 && line.trim().startsWith(fence) && isRunOf(fence, line.trim()));
  if (end !== -1 && end !== lines.length - 1) return undefined;
  return { content: lines.slice(1, end === -1 ? undefined : end).join('\n'), language };
}

function isRunOf(fence: string, line: string): boolean {
  return line === (fence[0] ?? '').repeat(line.length);
}

/** How the text that is replaced begins. */
interface Edge {
  /** The blank lines at its beginning. */
  readonly blank: string;
  /** The blank space at the beginning of its first line with text, as far as it belongs to the text. */
  readonly lead: string;
  /** What of the indentation of this line stands before the text; `undefined` if the text begins in the middle of a line. */
  readonly already: string | undefined;
  /** What all its lines are indented by. */
  readonly indent: string;
  /** The smallest indentation of its lines after the first one; `undefined` without such lines. */
  readonly least: number | undefined;
}

function edgeOf(original: string, before: string): Edge {
  const space = /^[ \t\n]*/.exec(original)?.[0] ?? '';
  const blank = space.slice(0, space.lastIndexOf('\n') + 1);
  const lead = space.slice(blank.length);
  const above = blank === '' ? before : '';
  const rest = indentsOf(original.slice(space.length).split('\n').slice(1));
  const startsLine = above.trim() === '';
  const first = startsLine ? above + lead : indentOf(above);
  return {
    blank,
    lead,
    already: startsLine ? above : undefined,
    indent: commonStart([first, ...rest]),
    least: rest.length === 0 ? undefined : Math.min(...rest.map((indent) => indent.length)),
  };
}

function indented(lines: readonly string[], edge: Edge): string {
  const [first = '', ...rest] = lines;
  if (repeatsIndents(lines, edge)) return [edge.blank + edge.lead + first, ...rest.map(unlessBlank)].join('\n');
  const base = commonStart(indentsOf(lines)).length;
  const moved = lines.map((line) => unlessBlank(edge.indent + line.slice(base)));
  return [edge.blank + firstLine(moved[0] ?? '', edge), ...moved.slice(1)].join('\n');
}

/**
 * A model that is given text from the middle of a line on answers alike: the first line without its indentation, the others with
 * theirs. So do those that trim what they say.
 */
function repeatsIndents([first = '', ...rest]: readonly string[], { least }: Edge): boolean {
  const indents = indentsOf(rest).map((indent) => indent.length);
  return (
    indentOf(first) === '' && least !== undefined && least > 0 && Math.min(...indents) >= least && indents.length > 0
  );
}

function firstLine(line: string, { already, lead }: Edge): string {
  if (already === undefined) return lead + line.trimStart();
  return line.startsWith(already) ? line.slice(already.length) : line.trimStart();
}

/** The lines indented by the document's step, whatever they were indented by. */
function inSteps(lines: readonly string[], step: string | undefined): readonly string[] {
  if (step === undefined) return lines;
  if (step !== '\t') return lines.map((line) => line.replace(/^\t+/, (tabs) => step.repeat(tabs.length)));
  const widths = lines.flatMap((line) => /^ {2,}(?=\S)/.exec(line)?.[0].length ?? []);
  const width = Math.min(8, ...widths);
  return lines.map((line) =>
    line.replace(/^ +/, (spaces) => '\t'.repeat(Math.floor(spaces.length / width)) + ' '.repeat(spaces.length % width)),
  );
}

function indentsOf(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.trim() !== '').map(indentOf);
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function unlessBlank(line: string): string {
  return line.trim() === '' ? '' : line;
}

function commonStart([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) {
    while (!other.startsWith(first.slice(0, length))) length--;
  }
  return first.slice(0, length);
}
