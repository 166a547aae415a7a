import assert from 'node:assert/strict';
import { newAnswer, type Result } from '../../../../../src/conversation/result.ts';
import type { Followed } from '../../../../../src/host/edits/followed.ts';
import { ShownResult } from '../../../../../src/host/actions/results/shownResult.ts';
import { EventEmitter } from '../../../../support/vscode/api.ts';

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
  source: { uri: 'file:///notes.md', languageId: 'markdown', file: 'notes.md', place: 'notes.md:1', parts: [] },
  answers: [newAnswer([{ inputs: {}, query: '', files: [] }], 0)],
};

describe('A result that is shown', () => {
  const never = new EventEmitter<void>();
  const open = (refresh = (): void => {}): ShownResult => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nobody asks it anything
    const followed = { onDidChange: never.event, dispose: () => {} } as unknown as Followed;
    return new ShownResult(result, followed, true, { refresh, changed: () => {} });
  };

  it('is handed over at most twenty times also where the model thinks in the middle of its answer', async () => {
    let all = 0;
    let most = 0;
    const shown: ShownResult = open(() => (all += shown.handOver().length));
    shown.begin();
    const say = (text: string): void => shown.apply(0, { type: 'textAppended', text });
    const note = async (): Promise<void> => {
      most = Math.max(most, all / 100);
      await new Promise((resolve) => setImmediate(resolve));
    };
    say('a'.repeat(100));
    // As if it had been opened in several windows.
    for (let n = 0; n < 17; n++) all += shown.handOver().length;
    say('<think>');
    for (const end = performance.now() + 450; performance.now() < end; await note()) say('thinking '.repeat(100));

    assert.ok(most <= 19, `${most} times`);
    shown.dispose();
  });

  it('asks for the rest of the answer that is shown, not of the last one', () => {
    const shown = open();
    shown.begin();
    shown.apply(0, { type: 'textAppended', text: 'Half' });
    shown.apply(0, { type: 'stopped' });
    shown.end();
    shown.begin([{ inputs: {}, query: '', files: [] }]);
    shown.apply(0, { type: 'textAppended', text: 'Whole' });
    shown.apply(0, { type: 'answered', usage: undefined });
    shown.end();

    shown.showPrevious();

    assert.deepEqual(shown.beginRest().rest, [0]);
    shown.dispose();
  });
});
