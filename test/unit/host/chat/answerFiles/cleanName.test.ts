import assert from 'node:assert/strict';
import { assert as check, property, string } from 'fast-check';
import { cleanName } from '../../../../../src/host/chat/answerFiles/cleanName.ts';

describe('The name of a file that a server gives', () => {
  for (const [name, clean] of [
    ['plan.pdf', 'plan.pdf'],
    ['会议纪要 2.md', '会议纪要 2.md'],
    ['../../.ssh/authorized_keys', 'ssh authorized_keys'],
    ['C:\\Windows\\x.dll', 'C Windows x.dll'],
    ['.env', 'env'],
    ['..', 'file'],
    ['', 'file'],
    ['con.txt', '_con.txt'],
    ['invoice\u202Efdp.exe', 'invoice fdp.exe'],
    ['a\0b\nc.txt', 'a b c.txt'],
    [`${'x'.repeat(300)}.json`, `${'x'.repeat(100)}.json`],
    ['/.gitignore', 'gitignore'],
  ] as const) {
    it(`${JSON.stringify(name.slice(0, 40))} becomes ${JSON.stringify(clean.slice(0, 40))}`, () => {
      assert.equal(cleanName(name), clean);
    });
  }

  it('takes no time, however long', () => {
    assert.equal(cleanName(`${'.'.repeat(1_000_000)}x`), 'x');
  });

  it('is always one part that is no folder and no hidden file', () => {
    check(
      property(string({ unit: 'binary', maxLength: 200 }), (name) => {
        const clean = cleanName(name);
        assert.match(clean, /^[^\\/:*?"<>|\p{Cc}\p{Cf}]+$/u);
        assert.doesNotMatch(clean, /^\.|[. ]$/);
        assert.ok(clean.length <= 120 && clean.isWellFormed());
      }),
      { numRuns: 2_000 },
    );
  });
});
