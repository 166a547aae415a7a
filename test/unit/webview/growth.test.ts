import assert from 'node:assert/strict';
import { newRun } from '../../../src/conversation/run.ts';
import { growthSince, noteGrowth } from '../../../src/webview/growth.ts';

const [a, b, c] = [{ ...newRun }, { ...newRun, text: 'x' }, { ...newRun, text: 'xy' }];

describe('growthSince', () => {
  it('joins all that was added in between', () => {
    noteGrowth(a, b, 'x');
    noteGrowth(b, c, 'y');

    assert.equal(growthSince(a, c), 'xy');
    assert.equal(growthSince(c, c), '');
  });

  it('knows nothing of runs that did not come from one another', () => {
    noteGrowth(a, b, 'x');

    assert.equal(growthSince(c, b), undefined);
  });
});
