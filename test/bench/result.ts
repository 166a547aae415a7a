// What a long answer costs in the result document: 200,000 characters at 2,000 tokens a second, in real time.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EventEmitter } from '../support/vscode/api.ts';
import { newAnswer, type Result } from '../../src/conversation/result.ts';
import type { Followed } from '../../src/host/edits/followed.ts';
import type { ShownResult as Shown } from '../../src/host/actions/results/shownResult.ts';
import type { Source } from '../../src/host/source/source.ts';
import type { Row } from './table.ts';

const length = 200_000;
const token = 'four chars and '.slice(0, 4);
/** In milliseconds: longer than this the editor would feel it. */
const longestGood = 50;

const request = { inputs: { query: 'text' }, query: '', files: [] };
const source = { uri: 'file:///notes.md', languageId: 'markdown', file: 'notes.md', place: 'notes.md:1' };
const result: Result = {
  id: 'r',
  recipe: {
    id: 'summarize',
    title: 'Summarize',
    resultTitle: 'Summary of {file}',
    instruction: '',
    targetLanguage: undefined,
    output: 'show',
    inputs: {},
    app: undefined,
  },
  app: { id: 'a', name: 'App', mode: 'completion' },
  source: { ...source, parts: [{ start: { line: 0, character: 0 }, end: { line: 0, character: 4 }, text: 'text' }] },
  answers: [newAnswer([request], 0)],
};

/** Each row is a figure of ours over the one that is still good. */
export async function resultRows(): Promise<readonly Row[]> {
  setFlagsFromString('--expose-gc');
  const { ShownResult } = await import('../../src/host/actions/results/shownResult.ts');
  const open = (): Measured => new Measured((around) => new ShownResult(result, followed(), true, around));
  await open().stream(length / 10);
  const before = heap();
  const measured = open();
  const text = await measured.stream(length);
  measured.close();
  const after = heap();
  return [
    { what: 'result: longest piece of our own work, ms', base: longestGood, ours: measured.longest, goal: 1 },
    { what: 'result: text handed over, characters', base: text, ours: measured.handedOver, goal: 20 },
    { what: 'result: heap after closing, MB', base: before, ours: after, goal: 1.1 },
  ];
}

/** A result whose every piece of work is timed. */
class Measured {
  longest = 0;
  handedOver = 0;
  #shown: Shown | undefined;

  constructor(open: (around: ConstructorParameters<typeof Shown>[3]) => Shown) {
    const refresh = (): void => this.#time(() => (this.handedOver += this.#shown?.handOver().length ?? 0));
    this.#shown = open({ refresh, changed: () => {} });
  }

  /** As many tokens as came since the last millisecond, as a connection brings them. @returns how long the text was */
  async stream(characters: number): Promise<number> {
    this.#shown?.begin();
    const start = performance.now();
    for (let sent = 0; sent < characters;) {
      const due = Math.min(characters, (performance.now() - start) * 2 * token.length);
      for (; sent < due; sent += token.length) {
        const text = sent % 80 === 0 ? `\n\n${token}` : token;
        this.#time(() => this.#shown?.apply(0, { type: 'textAppended', text }));
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    this.#time(() => this.#shown?.apply(0, { type: 'answered', usage: undefined }));
    this.#time(() => this.#shown?.end());
    return this.#shown?.answer.parts[0]?.run.text.length ?? 0;
  }

  close(): void {
    this.#shown?.dispose();
    this.#shown = undefined;
  }

  #time(work: () => unknown): void {
    const start = performance.now();
    work();
    this.longest = Math.max(this.longest, performance.now() - start);
  }
}

function followed(): Followed {
  const never = new EventEmitter<void>();
  const nothing = (): Promise<boolean> => Promise.resolve(false);
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nobody looks at it
    source: source as unknown as Source,
    state: () => 'same',
    onDidChange: never.event,
    replace: nothing,
    insertBelow: nothing,
    insertAtCursor: nothing,
    newFile: nothing,
    live: () => ({ write: () => {}, finish: nothing, onDidGiveUp: never.event }),
    dispose: () => never.dispose(),
  };
}

/** In MB, after all that can be freed is. */
function heap(): number {
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}
