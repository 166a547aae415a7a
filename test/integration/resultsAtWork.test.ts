import assert from 'node:assert/strict';
import { window } from 'vscode';
import { resultsInTests, resultTabs, saying, textOf, until, uriOf } from './resultsInTests.ts';

describe('A result that is at work', () => {
  const tried = resultsInTests();

  it('that is to be written into the text is shown where it broke off, and the text comes back', async () => {
    tried.ask = async function* () {
      yield { type: 'textAppended', text: 'Half' };
      await Promise.resolve();
      const failure = { fact: 'It broke off.', advice: '', remedy: 'retry', details: '' } as const;
      yield { type: 'incomplete', failure };
    };

    await tried.run('live');

    await until(() => textOf(uriOf(resultTabs()[0]?.input)).startsWith('Half'));
    assert.deepEqual(tried.applied.slice(-1), ['finish undefined']);
  });

  it('is not asked twice at a time by who took long to say what should be different', async () => {
    tried.ask = saying('First.');
    await tried.run('show');
    const uri = uriOf(resultTabs()[0]?.input);
    const said = Promise.withResolvers<undefined>();
    tried.changing = (request) => said.promise.then(() => ({ ...request, query: 'Shorter.' }));
    const changed = tried.results().againWithChange(uri);
    const ending = Promise.withResolvers<undefined>();
    let asks = 0;
    tried.ask = async function* () {
      asks++;
      yield { type: 'textAppended', text: 'Second.' };
      await ending.promise;
      yield { type: 'answered', usage: undefined };
    };
    const again = tried.results().again(uri);
    await until(() => asks === 1);

    said.resolve(undefined);
    await changed;
    ending.resolve(undefined);
    await again;

    assert.equal(asks, 1);
    await until(() => textOf(uri) === 'Second.\n\n');
  });

  it('stops with all others where the one in front does not run, or all are meant', async () => {
    tried.ask = saying('Done.');
    await tried.run('show');
    const done = uriOf(resultTabs()[0]?.input);
    for (const [what, inFront] of [
      [undefined, true],
      ['all', false],
    ] as const) {
      tried.ask = async function* (_, __, signal) {
        yield { type: 'textAppended', text: 'Half' };
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        yield { type: 'stopped' };
      };
      const running = [tried.run('show'), tried.run('show')];
      await until(() => tried.results().running().length === 2);
      if (inFront && done !== undefined) await window.showTextDocument(done);

      tried.results().stop(what);

      await Promise.all(running);
    }
  });

  it('goes on where the answer that was to be stopped had ended', async () => {
    tried.ask = saying('Done.');
    await tried.run('show');
    const done = uriOf(resultTabs()[0]?.input);
    const ending = Promise.withResolvers<undefined>();
    tried.ask = async function* (_, __, signal) {
      yield { type: 'textAppended', text: 'Whole' };
      await ending.promise;
      yield signal.aborted ? { type: 'stopped' } : { type: 'answered', usage: undefined };
    };
    const running = tried.run('show');
    await until(() => tried.results().running().length === 1);

    tried.results().stop(done);
    ending.resolve(undefined);
    await running;

    assert.equal((await tried.files().list())[0]?.answers[0]?.parts[0]?.run.status.type, 'done');
  });

  it('is written before VS Code ends', async () => {
    await tried.files().remove(undefined);
    tried.ask = async function* (_, __, signal) {
      yield { type: 'textAppended', text: 'Kept half' };
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      yield { type: 'stopped' };
    };
    const running = tried.run('show');
    await until(() => textOf(uriOf(resultTabs()[0]?.input)) === 'Kept half');

    await tried.life.end();

    assert.equal((await tried.files().list())[0]?.answers[0]?.parts[0]?.run.text, 'Kept half');
    await running;
  });
});
