import assert from 'node:assert/strict';
import { newRun } from '../../../src/conversation/run.ts';
import { transcriptOf } from '../../../src/conversation/transcript.ts';
import { someMessage } from '../../support/conversations.ts';
import { t } from '../../support/english.ts';

const turn = (query: string, text: string) => someMessage({ query, run: { ...newRun, text } });

describe('A transcript', () => {
  it('is nothing of nothing', () => {
    assert.equal(transcriptOf({ messages: [] }, t), '');
  });

  it('has questions and answers under a heading that says what it is', () => {
    assert.equal(
      transcriptOf({ messages: [turn('One?', '1.'), turn('Two?', '')] }, t),
      'From an earlier conversation, which you do not know:\n\nQuestion: One?\n\nAnswer: 1.\n\nQuestion: Two?',
    );
  });

  it('is short, shows where something is left out, and cuts no character in half', () => {
    const messages = Array.from({ length: 100 }, (_, n) => turn(`Question ${n}?`, '😀'.repeat(3_001)));

    const transcript = transcriptOf({ messages }, t);

    assert.ok(transcript.length < 7_000);
    assert.match(transcript, /\[97 earlier turns are left out\]/);
    assert.match(transcript, /\[4502 characters are left out\]/);
    assert.match(transcript, /Question 99\?/);
    assert.ok(transcript.isWellFormed());
  });
});
