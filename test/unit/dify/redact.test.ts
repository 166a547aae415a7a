import assert from 'node:assert/strict';
import { redact } from '../../../src/dify/redact.ts';

describe('redact', () => {
  it('takes keys and Authorization headers out, wherever they stand', () => {
    assert.equal(redact('key app-0123456789abcdefABCDEFgh failed'), 'key [key] failed');
    assert.equal(redact('{"a":"dataset-0123456789","b":"Bearer ey.J-x_y"}'), '{"a":"[key]","b":"[key]');
  });

  it('takes out what opens a form', () => {
    assert.equal(
      redact('GET https://host.test/v1/form/human_input/B4t1VuYsjCpV0Uy3WjInxb: 412, 3 ms'),
      'GET https://host.test/v1/form/human_input/[key]: 412, 3 ms',
    );
  });

  it('takes the name and password out of an address', () => {
    assert.equal(redact('via http://ada:secret@proxy.test:3128/'), 'via http://[key]@proxy.test:3128/');
  });

  it('leaves other words alone', () => {
    const line = 'POST https://host.test/v1/chat-messages: 200, 12 ms (app-mode, snapp-shot)';

    assert.equal(redact(line), line);
  });
});
