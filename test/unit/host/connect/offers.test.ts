import assert from 'node:assert/strict';
import { environmentOffer, settingOffer } from '../../../../src/host/connect/offers.ts';

const address = 'http://127.0.0.1:5001';

describe('environmentOffer', () => {
  it('reads address and keys, and nothing where either is missing or nonsense', () => {
    const keys = 'app-11111111, app-22222222';

    assert.deepEqual(environmentOffer({ DIFY_BASE_URL: address, DIFY_API_KEYS: keys }), {
      source: 'environment',
      address,
      keys,
    });
    assert.equal(environmentOffer({ DIFY_BASE_URL: address, DIFY_API_KEY: 'app-33333333' })?.keys, 'app-33333333');
    assert.equal(environmentOffer({ DIFY_BASE_URL: address }), undefined);
    assert.equal(environmentOffer({ DIFY_API_KEY: 'app-33333333' }), undefined);
    assert.equal(environmentOffer({ DIFY_BASE_URL: 'no url', DIFY_API_KEY: 'app-33333333' }), undefined);
    assert.equal(environmentOffer({ DIFY_BASE_URL: address, DIFY_API_KEY: 'dataset-33333333' }), undefined);
  });
});

describe('settingOffer', () => {
  it('reads what another extension keeps, whatever else stands in a settings file', () => {
    assert.deepEqual(settingOffer(address, 'app-11111111'), { source: 'setting', address, keys: 'app-11111111' });
    for (const nonsense of [undefined, null, '', 7, {}, ['app-11111111']]) {
      assert.equal(settingOffer(address, nonsense), undefined);
      assert.equal(settingOffer(nonsense, 'app-11111111'), undefined);
    }
  });
});
