import assert from 'node:assert/strict';
import type { FormValues } from '../../../src/conversation/inputForm.ts';
import { FormDraft } from '../../../src/webview/form/formDraft.ts';

describe('What is typed into a form', () => {
  let told: FormValues[];
  let draft: FormDraft;

  beforeEach(() => {
    told = [];
    draft = new FormDraft((values) => told.push(values));
  });
  afterEach(() => draft.clear());

  it('is told as what changed since the last time', () => {
    draft.change('name', 'A');
    draft.change('name', 'Ad');
    draft.change('archive', true);
    assert.deepEqual(told, []);
    draft.flush();
    draft.flush();
    draft.change('name', 'Ada');
    draft.flush();

    assert.deepEqual(told, [{ name: 'Ad', archive: true }, { name: 'Ada' }]);
  });

  it('is not undone by what the host says back while the person types on', () => {
    draft.change('name', 'A');
    draft.flush();
    draft.change('name', 'Ad');
    draft.heard({ name: 'A' });
    assert.deepEqual(draft.own, { name: 'Ad' });
    draft.flush();
    draft.heard({ name: 'A' });
    assert.deepEqual(draft.own, { name: 'Ad' });

    draft.heard({ name: 'Ad' });
    assert.deepEqual(draft.own, {});
  });

  it('leaves files to the host as soon as it has heard of them: it adds to them itself', () => {
    draft.change('logs', []);
    assert.deepEqual(told, [{ logs: [] }]);
    draft.heard({ logs: [{ name: 'b.md', mapping: {} }] });

    assert.deepEqual(draft.own, {});
  });

  it('is forgotten when it was submitted', () => {
    draft.change('name', 'A');
    draft.clear();
    draft.flush();

    assert.deepEqual([told, draft.own], [[], {}]);
  });
});
