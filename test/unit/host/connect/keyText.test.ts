import assert from 'node:assert/strict';
import { keysIn } from '../../../../src/host/connect/keyText.ts';

const [one, two, three] = [
  'app-AAAAAAAAAAAAAAAAAAAAAAAA',
  'app-BBBBBBBBBBBBBBBBBBBBBBBB',
  'app-CCCCCCCCCCCCCCCCCCCCCCCC',
] as const;

const table: readonly (readonly [string, readonly string[] | string])[] = [
  [one, [one]],
  [`  ${one}\r\n`, [one]],
  ['gateway/own=form:of.key', ['gateway/own=form:of.key']],
  [`Bearer ${one}`, [one]],
  [`DIFY_API_KEY=${one}`, [one]],
  [`${one}\n${two}\r\n${three}`, [one, two, three]],
  [`${one} ${two}`, [one, two]],
  [`${one},${two};${three},`, [one, two, three]],
  [`${one}${two}`, [one, two]],
  [`["${one}", "${two}"]`, [one, two]],
  [`{"api_key": "${one}", "other_key": "${two}"}`, [one, two]],
  [`export CHAT_KEY='${one}'\nexport RUN_KEY=${two}`, [one, two]],
  [`${one}\n${one}`, [one]],
  [
    'app-keykeykeykeykeykeykeykey app-tokentokentokentokentoke',
    ['app-keykeykeykeykeykeykeykey', 'app-tokentokentokentokentoke'],
  ],
  ['', 'empty'],
  [' \n', 'empty'],
  ['dataset-AAAAAAAAAAAAAAAAAAAAAAAA', 'knowledgeKey'],
  ['ds-AAAAAAAAAAAAAAAAAAAAAAAA', 'knowledgeKey'],
  ['app-AAAA AAAA', 'characters'],
  ['app-AAAAAAAA\r\nX-Evil: 1', 'characters'],
  ['app-AAAA\u200bAAAA', 'characters'],
  ['app-AAAA\u00a0AAAA', 'characters'],
  ['app-АAAAAAAA', 'characters'],
  ['app-密钥密钥密钥', 'characters'],
  ['app-1', 'length'],
  [`app-${'A'.repeat(600)}`, 'length'],
];

describe('keysIn', () => {
  for (const [pasted, expected] of table) {
    it(`finds ${JSON.stringify(expected).slice(0, 60)} in ${JSON.stringify(pasted).slice(0, 60)}`, () => {
      const read = keysIn(pasted);
      assert.deepEqual(read, typeof expected === 'string' ? expected : { keys: expected, problems: [] });
    });
  }

  it('leaves out of several those that cannot be tried, and says what is wrong with them', () => {
    assert.deepEqual(keysIn(`dataset-AAAAAAAAAAAAAAAAAAAAAAAA\n${one}\napp-密钥密钥密钥 app-1 ${two}`), {
      keys: [one, two],
      problems: ['knowledgeKey', 'characters', 'length'],
    });
    assert.equal(keysIn('dataset-AAAAAAAAAAAAAAAAAAAAAAAA app-1'), 'knowledgeKey');
  });
});
