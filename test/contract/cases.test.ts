import assert from 'node:assert/strict';
import type { TestedApp } from './apps.ts';
import { cases } from './cases.ts';
import { Learned } from './learned.ts';
import { trialsOf } from './trial.ts';

function appWith(name: string, features: readonly string[], mode: TestedApp['mode'] = 'chat'): TestedApp {
  return { name, key: `app-${name}`, mode, form: [], features: new Set(features) };
}

describe('the table of cases', () => {
  it('has a sentence of its own for each', () => {
    const names = cases.map(({ name }) => name);

    assert.deepEqual(
      names.filter((name, at) => names.indexOf(name) !== at),
      [],
    );
    assert.ok(names.length >= 250, `${names.length} cases`);
  });

  it('tries a case on the plainest app of each mode that has what it needs', () => {
    const apps = [
      appWith('rich', ['iteration', 'loop']),
      appWith('plain', []),
      appWith('needed', ['loop']),
      appWith('off', ['disabled']),
      appWith('text', [], 'completion'),
    ];
    const tried = (needs: readonly string[]): readonly string[] =>
      trialsOf({ name: 'x', needs, run: () => Promise.resolve() }, apps, 'b').map(({ app }) => app.name);

    assert.deepEqual(tried([]), ['text', 'plain']);
    assert.deepEqual(tried(['loop']), ['needed']);
    assert.deepEqual(tried(['disabled']), ['off']);
    assert.deepEqual(tried(['nothing']), []);
  });
});

describe('what was learned of the recordings', () => {
  const learned = new Learned('b');
  const page = { limit: 20, has_more: false, data: [] };

  it('takes an answer that is like them', () => {
    assert.deepEqual(learned.bodyMisfits('GET /v1/conversations', 200, page), []);
  });

  it('says what is missing, new, of another type or in another order', () => {
    const misfits = (body: object): readonly string[] => learned.bodyMisfits('GET /v1/conversations', 200, body);

    assert.deepEqual(misfits({ limit: 20, data: [] }), ['body.has_more is missing']);
    assert.deepEqual(misfits({ ...page, more: 1 }), ['body.more was never recorded']);
    assert.deepEqual(misfits({ ...page, limit: '20' }), ['body.limit is of type string, not number']);
    assert.deepEqual(misfits({ has_more: false, limit: 20, data: [] }), [
      'body has keys in the order has_more,limit,data',
    ]);
  });

  it('says so too of an event', () => {
    const [found = ''] = learned.eventMisfits('POST /v1/chat-messages', 'chat', { event: 'message', answer: 'x' });

    assert.match(found, /^message\.\w+ is missing$/);
    assert.deepEqual(learned.eventMisfits('POST /v1/chat-messages', 'chat', { event: 'never' }), [
      'never: no such event was recorded',
    ]);
  });
});
