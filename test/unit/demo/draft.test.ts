import assert from 'node:assert/strict';
import { SentFile } from '../../../src/demo/files/store.ts';
import { draftOf } from '../../../src/demo/text/draft.ts';

const form = { topic: 'Moving', points: 'Pack boxes\n\nCall the van!\nSay goodbye', kind: 'Checklist', length: 2 };

describe('the draft', () => {
  it('makes of each line a point, as many as are wanted', () => {
    assert.match(draftOf(form), /^## Moving\n\n- \[ \] Pack boxes\.\n- \[ \] Call the van!\n\n\*A demo/);
  });

  it('greets if asked to, and writes a letter in sentences', () => {
    const letter = draftOf({ ...form, kind: 'Letter', greeting: true });

    assert.match(letter, /\n\nHello,\n\nPack boxes\. Call the van!\n\nKind regards\n\n/);
  });

  for (const facts of [{ boxes: 12, 'a|b': 'x|y' }, '{"boxes":12,"a|b":"x|y"}']) {
    it(`puts facts into a table, sent as ${typeof facts}`, () => {
      assert.match(draftOf({ ...form, facts }), /\| boxes \| 12 \|\n\| a\\\|b \| x\\\|y \|/);
    });
  }

  it('names what is attached, and fetches nothing', () => {
    const remote = new SentFile('document', { transferMethod: 'remote_url', url: 'https://example.org/plan.txt' });

    assert.match(
      draftOf({ ...form, source: remote, attachments: [remote] }),
      /(?:- plan\.txt, which the demo does not fetch\n?){2}/,
    );
  });

  it('says that there is nothing to write', () => {
    assert.match(draftOf({ topic: 'T', facts: '{' }), /There are no points/);
  });
});
