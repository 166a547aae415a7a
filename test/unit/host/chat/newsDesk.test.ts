import assert from 'node:assert/strict';
import type { RunEvent } from '../../../../src/conversation/run.ts';
import { newRun } from '../../../../src/conversation/run.ts';
import { NewsDesk, type Looking } from '../../../../src/host/chat/newsDesk.ts';
import { runForm } from '../../../page/humanInputStates.ts';
import { someConversation, someMessage } from '../../../support/conversations.ts';

const text = '<think>Hm.</think>\n## The **first** line\n\nThe second.';
const conversation = someConversation({
  key: 'shown',
  messages: [someMessage({ key: 'm', run: { ...newRun, text } })],
});
const looking: Looking = { isVisible: true, hasFocus: true, conversation };
const happened = (event: RunEvent, key = 'shown') =>
  ({ appId: 'a', key, event: { type: 'run', key: 'm', event } }) as const;
const answered = { type: 'answered', usage: undefined } as const;

describe('What is told of an answer', () => {
  it('is nothing, where the person sees it', () => {
    const desk = new NewsDesk();

    assert.equal(desk.hear(happened(answered), looking, conversation), undefined);
    assert.equal(desk.count, 0);
  });

  for (const [when, change] of [
    ['the chat is hidden', { isVisible: false }],
    ['the window has no focus', { hasFocus: false }],
  ] as const) {
    it(`is its first line, without thinking and marks, where ${when}; and it counts until it is looked at`, () => {
      const desk = new NewsDesk();

      assert.deepEqual(desk.hear(happened(answered), { ...looking, ...change }, conversation), {
        appId: 'a',
        key: 'shown',
        what: 'answered',
        line: 'The first line',
      });
      assert.equal(desk.count, 1);
      desk.look({ ...looking, ...change });
      assert.equal(desk.count, 1);
      desk.look(looking);
      assert.equal(desk.count, 0);
    });
  }

  it('is only counted in a conversation that is not shown while the person works in the chat', () => {
    const desk = new NewsDesk();

    assert.equal(desk.hear(happened(answered, 'other'), looking, conversation), undefined);
    assert.equal(desk.count, 1);
    desk.look({ ...looking, conversation: { ...conversation, key: 'other' } });
    assert.equal(desk.count, 0);
  });

  it('says that somebody is needed, and counts each conversation once', () => {
    const desk = new NewsDesk();
    const away = { ...looking, isVisible: false };

    assert.equal(desk.hear(happened({ type: 'paused' }), away, conversation)?.what, 'needsYou');
    desk.hear(happened(answered), away, conversation);
    assert.equal(desk.count, 1);
    desk.hear(happened({ type: 'resumed' }), away, conversation);
    assert.equal(desk.count, 0);
  });

  it('names the form that is waited for, also in a conversation that is not shown', () => {
    const forms = [{ form: runForm('f'), state: { type: 'open' } }] as const;
    const run = { ...newRun, status: { type: 'paused' }, forms } as const;
    const other = someConversation({ key: 'other', messages: [someMessage({ key: 'm', run })] });
    const away = { ...looking, isVisible: false };

    assert.equal(new NewsDesk().hear(happened({ type: 'paused' }, 'other'), away, other)?.line, 'Approval');
  });

  it('counts a failure and tells it in its turn only; a stop, and text that arrives, are no news', () => {
    const desk = new NewsDesk();
    const away = { ...looking, isVisible: false };

    assert.equal(desk.hear(happened({ type: 'stopped' }), away, conversation), undefined);
    assert.equal(desk.hear(happened({ type: 'textAppended', text: 'x' }), away, conversation), undefined);
    assert.equal(desk.count, 0);
    const failure = { fact: 'No.', advice: '', remedy: 'none', details: '' } as const;
    assert.equal(desk.hear(happened({ type: 'failed', failure }), away, conversation), undefined);
    assert.equal(desk.count, 1);
  });
});
