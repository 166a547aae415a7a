import assert from 'node:assert/strict';
import { type WireAnswer, differences } from '../../support/likeness.ts';
import { bodyOf, recording } from '../../support/recordings.ts';

/** A recorded answer; with `change` made to its text. */
function recorded(name: string, index: number, change = (text: string) => text): WireAnswer {
  const exchange = recording(name).exchanges[index];
  assert.ok(exchange?.response !== undefined);
  const { ended, headers, status } = exchange.response;
  return { status, headers, ended, body: change(bodyOf(exchange).toString()) };
}

function json(value: unknown, status = 200): WireAnswer {
  return { status, headers: [['Content-Type', 'application/json']], ended: 'eof', body: JSON.stringify(value) };
}

describe('differences between two answers', () => {
  it('are none where only ids, times and words differ', () => {
    const theirs = recorded('b/advanced-chat/normal', 0);
    const ours = recorded('b/advanced-chat/normal', 0, (text) =>
      text.replaceAll(/[0-9a-f]{8}-/g, '00000000-').replaceAll(/(_at":)\d+/g, '$10'),
    );

    assert.deepEqual(differences(theirs, ours), []);
  });

  it('are none where a text comes in more pieces, with pings between them', () => {
    const theirs = recorded('b/chat/slow-start', 0);
    const ours = { ...theirs, body: theirs.body.replace(/data: \{"event":"message".*\n\n/, '$&event: ping\n\n$&') };

    assert.notEqual(ours.body, theirs.body);
    assert.deepEqual(differences(theirs, ours), []);
  });

  it('are the status, before everything else', () => {
    assert.deepEqual(differences(json({}, 404), json([], 400)), ['status: 400 here, 404 there']);
  });

  it('are headers that matter, wherever the host is', () => {
    const theirs: WireAnswer = {
      ...json({}),
      headers: [
        ['Location', 'http://127.0.0.1:1/v1/'],
        ['Allow', 'POST, OPTIONS'],
        ['Date', 'today'],
      ],
    };
    const ours: WireAnswer = {
      ...json({}),
      headers: [
        ['location', 'http://localhost/v1/'],
        ['allow', 'OPTIONS, POST'],
      ],
    };

    assert.deepEqual(differences(theirs, ours), ['header allow: OPTIONS, POST here, POST, OPTIONS there']);
  });

  it('are keys, their order and their types', () => {
    const found = differences(
      json({ data: [{ id: 'x', feedback: null, name: 'N' }], limit: 1 }),
      json({ limit: 1, data: [{ id: 'y', feedback: {}, inputs: {} }] }),
    );

    assert.deepEqual(found, [
      'body: keys limit,data here, data,limit there',
      'body.data[].name: missing here',
      'body.data[].inputs: not there',
      'body.data[].feedback: object here, null there',
    ]);
  });

  it('are other words of a fixed vocabulary and other codes, not other messages', () => {
    const found = differences(
      json({ code: 'not_found', message: 'No', status: 404 }, 404),
      json({ code: 'unknown', message: 'Never', status: 404 }, 404),
    );

    assert.deepEqual(found, ['body.code: "unknown" here, "not_found" there']);
  });

  it('are not what an app puts into objects of its own', () => {
    assert.deepEqual(differences(json({ inputs: { a: 1 } }), json({ inputs: { b: 'x' } })), []);
  });

  it('are an event that is missing, and events of another order', () => {
    const theirs = recorded('b/advanced-chat/normal', 0);
    const frames = theirs.body.split(/(?<=\n\n)/);
    const without = { ...theirs, body: frames.filter((frame) => !frame.includes('"message_end"')).join('') };
    const turned = { ...theirs, body: [...frames.slice(0, -2), frames.at(-1), frames.at(-2)].join('') };

    assert.match(differences(theirs, without).join('\n'), /workflow_finished here, message_end there, after /);
    assert.match(differences(theirs, turned).join('\n'), /workflow_finished here, message_end there, after /);
  });

  it('are the shape of a single event', () => {
    const theirs = recorded('b/chat/follow-up', 0);
    const ours = { ...theirs, body: theirs.body.replace('"files":null', '"files":[]') };

    assert.match(differences(theirs, ours).join('\n'), /^event 1 message_end\.files: array here, null there$/);
  });

  it('are pings where there are none at all, and a first ping', () => {
    const theirs = recorded('b/advanced-chat/normal', 0);
    const ours = { ...theirs, body: theirs.body.replaceAll('event: ping\n\n', '') };

    assert.deepEqual(differences(theirs, ours).slice(0, 1), [
      'event 0: workflow_started here, ping there, after the beginning',
    ]);
  });

  it('are events where nothing had come but a ping when the other was left', () => {
    const ours = recorded('b/advanced-chat/normal', 0);
    const theirs = { ...ours, body: 'event: ping\n\n', ended: 'client-abort' };

    assert.deepEqual(differences(theirs, ours).slice(0, 1), ['event 1: workflow_started here, end there, after ping']);
  });

  it('are the way the JSON of a stream is written', () => {
    const theirs = recorded('a/chat/follow-up', 0);
    const ours = { ...theirs, body: theirs.body.replaceAll('": ', '":') };

    assert.deepEqual(differences(theirs, ours), ['stream: other spaces in its JSON']);
  });

  it('are the end of the connection, but not of one that the asking side left', () => {
    const theirs = recorded('b/chat/follow-up', 0);

    assert.deepEqual(differences(theirs, { ...theirs, ended: 'reset' }), ['end: reset here, eof there']);
    const [first = ''] = theirs.body.split(/(?<=\n\n)/);
    assert.deepEqual(differences({ ...theirs, body: first, ended: 'client-abort' }, theirs), []);
  });

  it('are the title of a page', () => {
    const page = (title: string): WireAnswer => ({
      ...json(''),
      headers: [['content-type', 'text/html; charset=utf-8']],
      body: `<!doctype html><title>${title}</title>`,
    });

    assert.deepEqual(differences(page('404 Not Found'), page('Found')), ['title: Found here, 404 Not Found there']);
  });
});
