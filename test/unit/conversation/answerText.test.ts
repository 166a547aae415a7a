import assert from 'node:assert/strict';
import { AnswerText } from '../../../src/conversation/answerText.ts';
import { readStreamEvent, type StreamEvent } from '../../../src/dify/events.ts';

function wire(event: string, fields: object = {}): StreamEvent {
  const read = readStreamEvent({ event, ...fields });
  assert.ok(read);
  return read;
}

const said = (answer: string): StreamEvent => wire('message', { answer });
const resumption = wire('workflow_started', { data: { reason: 'resumption' } });
const finished = (outputs: object, status = 'succeeded'): StreamEvent =>
  wire('workflow_finished', { data: { status, outputs } });

/** The text after the events, as one who applies the changes has it. */
function textAfter(shown: string | undefined, ...events: readonly StreamEvent[]): string {
  const text = new AnswerText(shown);
  return events.reduce((whole, event) => {
    const change = text.change(event);
    if (change === undefined) return whole;
    return change.type === 'textAppended' ? whole + change.text : change.text;
  }, shown ?? '');
}

describe('The text of an answer', () => {
  it('drops a repetition after a pause, however it is cut into pieces', () => {
    const before = said('Draft: cats.');

    assert.equal(textAfter(undefined, before, resumption, said('Dra'), said('ft: cats.')), 'Draft: cats.');
    assert.equal(textAfter(undefined, before, resumption, said('Draft: cats. More')), 'Draft: cats. More');
    assert.equal(textAfter(undefined, before, resumption, said('Draft: cats.'), said('Draft')), 'Draft: cats.Draft');
    assert.equal(textAfter('Draft', resumption, said('Draft'), said(': cats.')), 'Draft: cats.');
  });

  it('keeps what only begins like a repetition', () => {
    assert.equal(textAfter('Approve this.', resumption, said('App'), said('roved.')), 'Approve this.Approved.');
    assert.equal(textAfter('A', resumption, said('B'), said('A')), 'ABA');
    assert.equal(textAfter('', resumption, said('A'), said('A')), 'AA');
  });

  it('drops the repetition of each pause anew', () => {
    const events = [said('one '), resumption, said('one '), said('two '), resumption, said('one two '), said('three')];

    assert.equal(textAfter(undefined, ...events), 'one two three');
  });

  it('is a chatflow’s answer, a workflow’s only text, or what was streamed of several outputs', () => {
    const chunk = (text: string): StreamEvent => wire('text_chunk', { data: { text } });

    assert.equal(textAfter(undefined, said('early'), finished({ answer: 'x', files: [] })), 'x');
    assert.equal(textAfter(undefined, chunk('prev'), finished({ result: 'whole' })), 'whole');
    assert.equal(textAfter(undefined, chunk('a\nb'), finished({ one: 'a', two: 'b' })), 'a\nb');
    assert.equal(textAfter(undefined, finished({ one: 'a', n: { x: 1 }, none: null })), 'a\n{\n  "x": 1\n}');
    assert.equal(textAfter(undefined, chunk('a'), finished({}, 'succeeded')), 'a');
  });

  it('keeps what was shown when the run failed or was stopped', () => {
    assert.equal(textAfter(undefined, said('shown'), finished({ answer: 'part' }, 'failed')), 'shown');
    assert.equal(textAfter(undefined, said('shown'), finished({}, 'stopped')), 'shown');
  });

  it('is what the run came to before it failed, where nothing was shown', () => {
    assert.equal(textAfter('', finished({ answer: 'part', files: [] }, 'failed')), 'part');
    assert.equal(textAfter('', finished({}, 'stopped')), '');
  });

  it('takes a longer text from a snapshot, and no shorter one', () => {
    const replace = (answer: string): StreamEvent => wire('message_replace', { answer, reason: '' });

    assert.equal(textAfter('known', replace('')), 'known');
    assert.equal(textAfter('known', replace('kno')), 'known');
    assert.equal(textAfter('known', replace('known, and more')), 'known, and more');
    assert.equal(textAfter('', replace('from before'), finished({ answer: 'all' })), 'all');
  });

  it('is not lost to a closing message that says nothing', () => {
    const piece = wire('agent_message', { answer: 'Hello' });

    assert.equal(textAfter(undefined, piece, said('')), 'Hello');
    assert.equal(textAfter(undefined, piece, said('Hello!')), 'Hello!');
  });

  it('lets a moderated text stand, also in a stream that goes on', () => {
    const moderated = wire('message_replace', { answer: 'No.', reason: 'output_moderation' });

    assert.equal(textAfter('Secret', moderated, finished({ answer: 'Secret' })), 'No.');
    assert.equal(textAfter(undefined, said('Secret'), moderated, finished({ answer: 'Secret' })), 'No.');
  });
});
