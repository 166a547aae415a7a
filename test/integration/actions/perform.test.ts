import assert from 'node:assert/strict';
import { Range, Uri, window } from 'vscode';
import { newRecipe } from '../../../src/host/actions/recipes/recipeSetting.ts';
import { perform, type Asked, type Choice, type PerformPorts } from '../../../src/host/actions/perform.ts';
import type { Source } from '../../../src/host/source/source.ts';
import { demoOrigin, type App } from '../../../src/host/app.ts';
import { Memory } from '../../../src/host/memory.ts';
import { DifyError } from '../../../src/dify/errors.ts';

const source: Source = {
  uri: Uri.parse('untitled:notes'),
  languageId: 'plaintext',
  parts: [{ range: new Range(0, 0, 0, 4), text: 'Text' }],
  file: 'notes',
  place: 'notes:1',
  attached: [],
};

function appCalled(name: string): App {
  return { id: name, baseUrl: `${demoOrigin}/v1`, name, mode: 'chat', description: '', emoji: '', version: '' };
}

describe('An action that fails before it is sent', () => {
  const { showErrorMessage } = window;
  const told: string[] = [];
  const letGo: string[] = [];

  after(() => {
    window.showErrorMessage = showErrorMessage;
  });

  it('keeps the text, and can be done by another app', async () => {
    const steps: string[] = [];
    const chosen: Choice = {
      app: appCalled('Bound'),
      recipe: newRecipe('one', 'One'),
      form: [],
      mapping: { inputs: {}, query: '${selectedText}', open: [] },
    };
    const asked: Asked = {
      title: 'One',
      sources: [source],
      app: () => undefined,
      choose: async () => chosen,
      chooseAnother: async () => {
        steps.push('another');
        return undefined;
      },
    };
    window.showErrorMessage = async (message: string, ...buttons: readonly unknown[]) => {
      told.push(message);
      assert.ok(buttons.includes('Choose Another App…'), buttons.join());
      return 'Choose Another App…' as never;
    };
    const working = Promise.withResolvers<unknown>();

    await perform(
      asked,
      portsThatFail((work) => working.resolve(work())),
    );
    await working.promise;

    assert.match(told[0] ?? '', /demo\.invalid/);
    assert.deepEqual(steps, ['another']);
    assert.deepEqual(letGo, ['Text', 'Text']);
  });

  function portsThatFail(start: (work: () => unknown) => void): PerformPorts {
    const ports: Partial<PerformPorts> = {
      details: { parameters: async () => Promise.reject(new DifyError('unauthorized', 'No such key')) } as never,
      clients: { of: () => undefined } as never,
      everywhere: new Memory(),
      demoMemory: new Memory(),
      start: (_, work) => start(work),
      follow: ({ parts }) => ({ source, dispose: () => letGo.push(parts[0]?.text ?? '') }) as never,
      run: () => assert.fail('sent'),
    };
    return ports as PerformPorts;
  }
});
