import assert from 'node:assert/strict';
import { describe as describeFailure, type Translate } from '../../../src/conversation/failure.ts';
import { DifyError, type DifyErrorFields, type DifyErrorKind } from '../../../src/dify/errors.ts';

const t: Translate = (message, args = {}) => message.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(args[name]));
const words = { t, host: 'dify.test', keepsAnswers: false };

const table: readonly [DifyErrorKind, DifyErrorFields, string, string][] = [
  ['noKey', {}, 'No API key is stored for dify.test.', 'enterKey'],
  ['noKey', { goneFrom: 'keyring' }, 'The API key for dify.test is gone from the secret storage.', 'enterKey'],
  ['noKey', { goneFrom: 'browser' }, 'The API key for dify.test is gone from the secret storage.', 'enterKey'],
  ['noKey', { goneFrom: 'system' }, 'The API key for dify.test is gone from the secret storage.', 'enterKey'],
  ['invalidKey', {}, 'The API key has characters that cannot be sent.', 'enterKey'],
  ['invalidKey', { location: 'https://b.test' }, 'The API key was not entered for dify.test.', 'enterKey'],
  ['unauthorized', {}, 'dify.test did not accept the API key.', 'enterKey'],
  ['forbidden', {}, "The app's owner has switched off API access for this app.", 'retry'],
  ['notFound', {}, 'This conversation no longer exists in Dify.', 'newConversation'],
  ['rejected', { code: 'invalid_param' }, 'The app refused the request.', 'retry'],
  ['rejected', { code: 'app_unavailable' }, 'The app is not published, or its settings are broken.', 'retry'],
  ['rejected', { code: 'not_chat_app' }, 'This kind of app cannot do that.', 'none'],
  ['rejected', { status: 413, code: 'file_too_large' }, 'The file is too large for the server.', 'none'],
  ['rejected', { code: 'unsupported_audio_type' }, 'The server does not take this kind of file.', 'none'],
  ['rejected', { code: 'human_input_form_submitted' }, 'This form has been answered already.', 'none'],
  ['rejected', { code: 'human_input_form_expired' }, 'The time for answering this form is over.', 'none'],
  ['rejected', { code: 'invalid_form_data' }, 'The app did not accept the form.', 'none'],
  ['notFound', { code: 'file_not_found' }, 'This file no longer exists in Dify.', 'none'],
  ['rejected', { status: 413 }, 'The text is too long for the server.', 'none'],
  ['runFailed', { code: 'provider_quota_exceeded' }, "The app's model has no quota left.", 'retry'],
  ['runFailed', { code: 'provider_not_initialize' }, "The app's model is not set up.", 'retry'],
  ['runFailed', {}, 'The app could not finish the answer.', 'retry'],
  ['busy', {}, 'Dify is busy.', 'retry'],
  ['server', { status: 503 }, 'Dify failed to answer (503).', 'retry'],
  ['network', { reason: 'dns' }, 'No server is called dify.test.', 'editAddress'],
  ['network', { reason: 'refused' }, 'Nothing answers at dify.test.', 'retry'],
  ['network', { reason: 'refused', network: { port: 81 } }, 'Nothing answers at dify.test:81.', 'retry'],
  ['network', { reason: 'connectTimeout', seconds: 15.9 }, 'dify.test did not answer within 15 s.', 'retry'],
  ['network', { reason: 'unreachable' }, 'dify.test cannot be reached.', 'retry'],
  [
    'network',
    { reason: 'untrusted', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    'dify.test uses a certificate that this computer does not trust (its issuer is unknown here).',
    'addCertificate',
  ],
  [
    'network',
    { reason: 'selfSigned', network: { directMayHelp: true } },
    'dify.test uses a certificate that this computer does not trust (it is self-signed).',
    'useDirect',
  ],
  ['network', { reason: 'expired' }, 'The certificate of dify.test has expired.', 'editAddress'],
  [
    'network',
    { reason: 'expired', network: { day: '2026-01-02' } },
    'The certificate of dify.test expired on 2026-01-02.',
    'editAddress',
  ],
  ['network', { reason: 'notYetValid' }, 'The certificate of dify.test is not valid yet.', 'retry'],
  [
    'network',
    { reason: 'notYetValid', network: { day: '2040-01-02' } },
    'The certificate of dify.test is valid only from 2040-01-02 on.',
    'retry',
  ],
  ['network', { reason: 'wrongName' }, 'The certificate of dify.test is for another name.', 'editAddress'],
  [
    'network',
    { reason: 'wrongName', network: { names: 'a.test, b.test' } },
    'The certificate of dify.test is for a.test, b.test.',
    'editAddress',
  ],
  ['network', { reason: 'noTls' }, 'dify.test speaks no TLS.', 'editAddress'],
  [
    'network',
    { reason: 'tls', code: 'EPROTO' },
    'No encrypted connection to dify.test came about (EPROTO).',
    'editAddress',
  ],
  ['network', { reason: 'proxySignIn' }, 'The proxy asks for a sign-in.', 'openProxySettings'],
  [
    'network',
    { reason: 'proxySignIn', network: { proxy: 'p.test:3128' } },
    'The proxy p.test:3128 asks for a sign-in.',
    'openProxySettings',
  ],
  ['network', { reason: 'proxyUnreachable' }, 'The proxy cannot be reached.', 'openProxySettings'],
  [
    'network',
    { reason: 'proxyRefused', status: 403, network: { proxy: 'p.test:3128' } },
    'The proxy p.test:3128 did not connect to dify.test (403).',
    'openProxySettings',
  ],
  [
    'network',
    { reason: 'caFile', network: { file: '/ca.pem' } },
    'The CA file /ca.pem cannot be read, or holds no certificate in PEM form.',
    'addCertificate',
  ],
  ['network', { reason: 'broken' }, 'The connection to dify.test broke.', 'retry'],
  ['timeout', {}, 'dify.test did not answer in time.', 'retry'],
  ['moved', { location: 'https://b.test' }, 'dify.test sends visitors to https://b.test.', 'editAddress'],
  [
    'notDify',
    { pageTitle: 'Log in' },
    "dify.test answered with a web page (“Log in”), not with Dify's API.",
    'editAddress',
  ],
  ['notDify', {}, "dify.test did not answer as Dify's API does.", 'editAddress'],
  ['incomplete', { seconds: 3 }, 'Incomplete.', 'retry'],
  ['tooLarge', {}, 'The answer is too long.', 'retry'],
];

describe('describe', () => {
  for (const [kind, fields, fact, remedy] of table) {
    it(`has words and a remedy for ${kind} ${JSON.stringify(fields)}`, () => {
      const failure = describeFailure(new DifyError(kind, 'POST /chat-messages: for the log', fields), words);

      assert.deepEqual([failure.fact, failure.remedy], [fact, remedy]);
      assert.ok(!`${failure.fact}${failure.advice}${failure.details}`.includes('for the log'));
    });
  }

  it('shows the server’s words where Dify’s code says nothing, and says what a workflow keeps', () => {
    const refused = new DifyError('rejected', '', { status: 400, code: 'invalid_param', detail: 'topic is required' });
    const cut = new DifyError('incomplete', '', { seconds: 14.4 });

    assert.equal(describeFailure(refused, words).advice, 'topic is required');
    assert.equal(describeFailure(refused, words).details, '400 invalid_param topic is required');
    assert.match(describeFailure(cut, words).advice, /after 14 s, and this kind of app keeps no answer/);
    assert.match(describeFailure(cut, { ...words, keepsAnswers: true }).advice, /Dify may have finished/);
  });

  it('has words for anything thrown', () => {
    for (const thrown of [new TypeError('x'), 'text', undefined]) {
      assert.equal(describeFailure(thrown, words).fact, 'Something went wrong in Dify Companion.');
    }
  });
});
