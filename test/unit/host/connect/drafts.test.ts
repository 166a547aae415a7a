import assert from 'node:assert/strict';
import { Drafts } from '../../../../src/host/connect/drafts.ts';

describe('Drafts', () => {
  let due: (() => void)[] = [];
  let drafts: Drafts;

  beforeEach(() => {
    due = [];
    drafts = new Drafts((ms, work) => {
      assert.equal(ms, 600_000);
      due.push(work);
      return () => due.splice(due.indexOf(work), 1);
    });
  });

  it('keeps what was typed for who comes back, the key no longer than ten minutes', () => {
    const draft = drafts.open('new');
    draft.address = 'dify.test';
    draft.key = 'app-half';
    drafts.leave('new');
    assert.deepEqual(drafts.open('new'), { address: 'dify.test', key: 'app-half' });
    assert.equal(due.length, 0, 'who is back loses nothing');

    drafts.leave('new');
    due.splice(0).forEach((work) => work());
    assert.deepEqual(drafts.open('new'), { address: 'dify.test', key: '' });
  });

  it('takes the key out of a command that was pasted and left', () => {
    drafts.open('new').address = "curl https://dify.test/v1/info -H 'Authorization: Bearer app-0123456789'";
    drafts.leave('new');
    assert.deepEqual(drafts.open('new'), { address: 'https://dify.test/v1/info', key: 'app-0123456789' });
  });

  it('forgets what was used, and tells the purposes apart', () => {
    drafts.open('new').key = 'app-1';
    assert.deepEqual(drafts.open('an app', 'https://dify.test/v1'), { address: 'https://dify.test/v1', key: '' });
    drafts.drop('new');
    assert.deepEqual(drafts.open('new'), { address: '', key: '' });
    drafts.clear();
    assert.deepEqual(drafts.open('an app'), { address: '', key: '' });
  });
});
