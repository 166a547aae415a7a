import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { Redaction } from '../../../src/host/redaction.ts';

describe('The redaction of the log', () => {
  it('knows what looks like a key, and what opens a proxy, without being told', () => {
    const redaction = new Redaction();

    assert.equal(redaction.clean('app-0123456789abcdef'), '[key]');
    assert.equal(
      redaction.clean('proxy http://ada:p@ss:w@proxy.test:3128 is down'),
      'proxy http://[key]@proxy.test:3128 is down',
    );
    assert.equal(
      redaction.clean('mail ada@host.test, see https://host.test/a@b'),
      'mail ada@host.test, see https://host.test/a@b',
    );
  });

  it('takes out a key of any shape, in every form that text carries it in', () => {
    const key = 'sk/odd+shape"ü=12345';
    const redaction = new Redaction();
    redaction.hide(` ${key}\n`);

    const carried = [
      key,
      encodeURIComponent(key),
      JSON.stringify({ key }),
      Buffer.from(key).toString('base64'),
      Buffer.from(`u:${key}!`).toString('base64'),
      Buffer.from(`us:${key}`).toString('base64url'),
    ];

    for (const text of carried) assert.match(redaction.clean(`a ${text} z`), /^a .*\[key\].* z$/);
  });

  it('leaves nothing of it in the Base64 of whatever it stands in', () => {
    const key = 'QqWwEeRrTtYyUuIiOoPp';
    const redaction = new Redaction();
    redaction.hide(key);

    for (let place = 0; place < 36; place++) {
      const text = '#'.repeat(place % 6) + key + '#'.repeat(Math.floor(place / 6));
      const cleaned = redaction.clean(Buffer.from(text).toString('base64'));
      const left = cleaned.split('[key]').map((part) => Buffer.from(part, 'base64').toString('latin1'));
      assert.equal(left.length, 2, cleaned);
      assert.doesNotMatch(left.join(''), /[A-Za-z]{3}/);
    }
  });

  it('hides a longer secret whole, also when a part of it is one too', () => {
    const redaction = new Redaction();
    redaction.hide('12345678');
    redaction.hide('1234567890ab');

    assert.equal(redaction.clean('<1234567890ab>'), '<[key]>');
  });

  it('takes no word for a secret that is too short to be one', () => {
    const redaction = new Redaction();
    redaction.hide('');
    redaction.hide('GET');

    assert.equal(redaction.clean('GET it'), 'GET it');
  });
});
