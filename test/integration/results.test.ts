import assert from 'node:assert/strict';
import { readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { env, window } from 'vscode';
import { app, passed, resultsInTests, resultTabs, saying, textOf, until, uriOf } from './resultsInTests.ts';

describe('A result', () => {
  const tried = resultsInTests();

  it('of 200,000 characters is handed over at most 20 times as much, at most 10 times a second', async () => {
    const line = `${'word '.repeat(19)}word\n`;
    tried.ask = async function* () {
      for (let n = 0; n < 2_000; n++) {
        yield { type: 'textAppended', text: line };
        if (n % 2 === 0) await passed(1);
      }
      yield { type: 'answered', usage: undefined };
    };
    const source = window.activeTextEditor?.document.uri.toString();

    const start = performance.now();
    await tried.run('show');
    const seconds = (performance.now() - start) / 1000;

    const [tab] = resultTabs();
    const uri = uriOf(tab?.input);
    await until(() => textOf(uri).length >= 200_000 && textOf(uri).startsWith(line));
    const whole = 2_000 * line.length;
    const total = tried.handedOver.reduce((all, length) => all + length, 0);
    assert.ok(
      total <= 20 * whole && tried.handedOver.length > 5,
      `${total / whole} times in ${tried.handedOver.length}`,
    );
    // Opening it asks for its text too.
    assert.ok(tried.handedOver.length <= 10 * seconds + 5, `${tried.handedOver.length} in ${seconds} s`);
    assert.equal(window.activeTextEditor?.document.uri.toString(), source);
    assert.equal(tab?.label, 'Summary of notes.md');
  });

  it('shows the parts of a job as sections, three asked at a time', async () => {
    let open = 0;
    let most = 0;
    tried.ask = async function* (_, { inputs }) {
      most = Math.max(most, ++open);
      await passed(5);
      open--;
      yield { type: 'textAppended', text: `Part ${String(inputs['n'])}.` };
      yield { type: 'answered', usage: undefined };
    };

    await tried.run('replace', 5);

    const uri = uriOf(resultTabs()[0]?.input);
    await until(() => textOf(uri).includes('Part 4.\n'));
    assert.equal(textOf(uri), `${[0, 1, 2, 3, 4].map((n) => `Part ${n}.`).join('\n\n---\n\n')}\n\n`);
    assert.equal(most, 3);
    assert.deepEqual(tried.applied, [`replace ${JSON.stringify([0, 1, 2, 3, 4].map((n) => `Part ${n}.`))}`]);
  });

  it('stops when its document is closed', async () => {
    let stopped = 0;
    tried.ask = async function* (_, __, signal) {
      yield { type: 'textAppended', text: 'Half' };
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      stopped++;
      yield { type: 'stopped' };
    };
    const running = tried.run('insertBelow');
    await until(() => resultTabs().length === 1 && tried.results().running().length === 1);
    await window.tabGroups.close(resultTabs());
    await running;

    assert.equal(stopped, 1);
    assert.deepEqual(tried.results().running(), []);
    assert.deepEqual(tried.applied, []);
  });

  it('is opened again from its file, with what was kept of it', async () => {
    tried.ask = saying('Kept.');
    await tried.run('show');
    const uri = uriOf(resultTabs()[0]?.input);
    await window.tabGroups.close(resultTabs());
    await tried.results().copy(uri);

    assert.equal(await env.clipboard.readText(), 'Kept.');
    assert.equal((await tried.files().list())[0]?.answers[0]?.parts[0]?.run.text, 'Kept.');
  });

  it('asks again in the same document, keeps three answers, and shows those before', async () => {
    let n = 0;
    tried.ask = (...asked) => saying(`Answer ${++n}.`)(...asked);
    await tried.run('show');
    const uri = uriOf(resultTabs()[0]?.input);
    for (let again = 0; again < 3; again++) await tried.results().again(uri);
    await until(() => textOf(uri).startsWith('Answer 4.'));

    await tried.results().showPrevious(uri);
    await until(() => textOf(uri).startsWith('Answer 3.'));
    await tried.results().showPrevious(uri);
    await tried.results().showPrevious(uri);
    await until(() => textOf(uri).startsWith('Answer 4.'));
    assert.equal(resultTabs().length, 1);

    tried.mayGo = false;
    await tried.results().again(uri);
    tried.mayGo = true;
    assert.equal(n, 4, 'asked where the person did not let it go');
  });

  it('that is written into the text has no document, unless that gives up', async () => {
    tried.ask = saying('Live.');
    await tried.run('live');
    assert.equal(resultTabs().length, 0);
    assert.deepEqual(tried.applied.slice(-1), ['finish "Live."']);

    tried.ask = async function* () {
      yield { type: 'textAppended', text: 'Live' };
      tried.gaveUp.fire();
      yield { type: 'textAppended', text: ' on.' };
      yield { type: 'answered', usage: undefined };
    };
    await tried.run('live');
    await until(() => textOf(uriOf(resultTabs()[0]?.input)).startsWith('Live on.'));
  });

  it('is closed and forgotten with its app', async () => {
    tried.ask = saying('Gone.');
    await tried.run('show');

    await tried.files().remove(app.id);
    tried.life.erase(app.id);

    await until(() => resultTabs().length === 0);
    assert.deepEqual(await tried.files().list(), []);
  });

  it('is kept with the last fifty, not of the demo, not if the person wants none, and never read where it is broken', async () => {
    tried.ask = saying('One.');
    await tried.run('show');
    const [kept] = await tried.files().list();
    assert.ok(kept);
    for (let n = 0; n < 55; n++) await tried.files().write({ ...kept, id: `z${String(n).padStart(2, '0')}` });
    await tried.files().write({ ...kept, app: { ...kept.app, id: 'demo:text' } });
    tried.keeps = false;
    await tried.files().write({ ...kept, id: 'unwanted' });
    tried.keeps = true;
    const all = await tried.files().list();
    assert.equal(all.length, 50);
    assert.ok(all.every(({ id }) => /^z(?:0[5-9]|[1-5]\d)$/.test(id)));

    await writeFile(path.join(tried.folder(), 'results', app.id, 'z54.json'), '{ "version": 1');
    assert.equal((await tried.files().list()).length, 49);
    const names = await readdir(path.join(tried.folder(), 'results', app.id));
    assert.ok(names.some((name) => name.startsWith('z54.json.bad-')));

    await tried.files().write({ ...kept, id: 'asked-again' });
    assert.equal((await tried.files().find('asked-again'))?.answers.length, 1);
    const file = path.join(tried.folder(), 'results', app.id, 'z53.json');
    await rename(file, `${file}.new`);
    assert.equal((await tried.files().find('z53'))?.id, 'z53');
  });
});
