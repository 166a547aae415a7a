import assert from 'node:assert/strict';
import { Draft } from '../../../../src/webview/composer/draft.ts';

describe('Draft', () => {
  it('tells the last of many changes when it is flushed, once', () => {
    const told: string[] = [];
    const draft = new Draft((text) => told.push(text));
    draft.change('a');
    draft.change('ab');
    draft.flush();
    draft.flush();

    assert.deepEqual(told, ['ab']);
  });

  it('tells nothing that the host knows', () => {
    const told: string[] = [];
    const draft = new Draft((text) => told.push(text));
    draft.known('kept');
    draft.change('kept');
    draft.change('kept!');
    draft.change('kept');
    draft.flush();

    assert.deepEqual(told, []);
  });

  it('tells by itself soon', async () => {
    const told = new Promise<string>((resolve) => new Draft(resolve).change('typed'));

    assert.equal(await told, 'typed');
  });
});
