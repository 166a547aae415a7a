import assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import { Erasures } from '../../../../src/host/manage/erasures.ts';
import { CommonState } from '../../../../src/host/commonState.ts';
import { memento } from '../../../support/hostState.ts';

interface Workspace {
  readonly erasures: Erasures;
  readonly state: Memento;
  readonly everywhere: Memento;
  /** What was deleted, in order. */
  readonly deleted: string[];
}

/** A workspace with two apps, as it is opened with what all windows know. */
function open(shared: CommonState, { isLoose = false, state = full() } = {}): Workspace {
  const deleted: string[] = [];
  const remove = (what: string) => ({
    remove: (app: string | undefined) => {
      deleted.push(`${what} of ${app ?? 'all'}`);
      return Promise.resolve();
    },
  });
  const everywhere = memento({ 'input:a:language': 'German', 'input:b:language': 'Japanese' });
  const files = isLoose ? undefined : remove('files');
  const close = (app: string | undefined): void => void deleted.push(`windows of ${app ?? 'all'}`);
  const ports = { shared, workspace: state, everywhere, ownFiles: files, looseFiles: remove('loose files'), close };
  return { erasures: new Erasures(ports), state, everywhere, deleted };
}

function full(): Memento {
  return memento({ 'conversation:a': 'c1', 'draft:a': 'typed', 'conversation:b': 'c2', chatApp: 'b' });
}

describe('What is deleted', () => {
  let shared: CommonState;

  beforeEach(() => {
    shared = new CommonState(memento());
  });

  it('of one app is all that is kept of it, and nothing of another', async () => {
    const { erasures, state, everywhere, deleted } = open(shared);
    await erasures.erase('a');

    assert.deepEqual(deleted, ['windows of a', 'files of a', 'loose files of a']);
    assert.deepEqual([...state.keys()].sort(), ['chatApp', 'conversation:b', 'erased']);
    assert.deepEqual(everywhere.keys(), ['input:b:language']);
  });

  it('of all apps is everything that the workspace keeps', async () => {
    const { erasures, state, deleted } = open(shared);
    await erasures.erase();

    assert.deepEqual(deleted, ['windows of all', 'files of all', 'loose files of all']);
    assert.deepEqual(state.keys(), ['erased']);
  });

  it('goes in a workspace that was closed when that is opened, once', async () => {
    await open(shared).erasures.erase('a');
    const state = full();
    const later = open(shared, { state });
    await later.erasures.carryOut();
    await later.erasures.carryOut();
    await open(shared, { state }).erasures.carryOut();

    assert.deepEqual(later.deleted, ['windows of a', 'files of a']);
    assert.deepEqual([...state.keys()].sort(), ['chatApp', 'conversation:b', 'erased']);
  });

  it('takes with it nothing that came later in a window without a workspace', async () => {
    await open(shared).erasures.erase();
    const later = open(shared, { isLoose: true });
    await later.erasures.carryOut();

    assert.deepEqual(later.deleted, ['windows of all']);
  });

  it('is nothing where nothing was deleted, whatever is stored', async () => {
    for (const stored of [undefined, null, 'x', [1, { token: 2 }, { app: 'a' }]]) {
      const { erasures, state, deleted } = open(new CommonState(memento({ erasures: stored })));
      await erasures.carryOut();

      assert.deepEqual([deleted, state.keys().length], [[], 4]);
    }
  });
});
