import assert from 'node:assert/strict';
import { array, assert as check, constantFrom, integer, nat, property, record } from 'fast-check';
import { matchLines } from '../../../../../src/host/chat/sources/matchLines.ts';

const file = `# Router X200

## Reset

Hold the **reset button** for 10 seconds. The light turns amber while the partition
is written, then [green](https://example.com/green?a=b) after about two minutes.

- Export the profiles first.
- Then hold the button.

<p align="center">Support: <b>support@example.com</b></p>

| Light | Meaning |
|---|---|
| amber | the partition is written |

恢复出厂设置会清除所有配置文件，
请先导出它们。`;

const reset =
  'Hold the reset button for 10 seconds. The light turns amber while the partition is written, then green after about two minutes.';

describe('A piece of a document in a file', () => {
  for (const [what, piece, lines] of [
    ['as it is', 'Hold the **reset button** for 10 seconds. The light turns amber while the partition', [4, 4]],
    ['without its marks, in one line', reset, [4, 5]],
    ['in other lines', reset.replaceAll(' ', '\n'), [4, 5]],
    ['under its heading', `Router X200\nReset\n${reset}`, [0, 5]],
    ['with a heading that is not there', `Chapter 7: lights and buttons of the router\n${reset}`, [4, 5]],
    ['with the items of a list', 'Export the profiles first. Then hold the button.', [7, 8]],
    ['out of HTML', 'Support: support@example.com', [10, 10]],
    ['with some words that are others there', reset.replace('10 seconds', 'ten seconds or so'), [4, 5]],
    ['in Chinese, without its line break', '恢复出厂设置会清除所有配置文件，请先导出它们。', [16, 17]],
    ['of a table', 'amber: the partition is written', [14, 14]],
    ['of three words', 'Router X200', [0, 0]],
  ] as const) {
    it(`is found ${what}`, () => {
      assert.deepEqual(matchLines(piece, file)?.lines, lines);
    });
  }

  for (const [what, piece] of [
    ['is not there', 'A customer may return an unused zeppelin within thirty days.'],
    ['has only some words of it', 'The light of the button is green for the first two profiles, after which it turns.'],
    ['has no words', '--- ***'],
    ['is empty', ''],
  ] as const) {
    it(`is nowhere where it ${what}`, () => {
      assert.equal(matchLines(piece, file), undefined);
    });
  }

  it('is found with all its lines and no other, however its lines were broken and its marks taken out', () => {
    // No two words are the same, as hardly any two sentences are.
    const words = (from: number, count: number): readonly string[] =>
      Array.from({ length: count }, (_, n) => `w${(from + n).toString(36)}x`);
    const lengths = array(integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 40 });
    const marks = constantFrom('', '**', '_', '# ', '> ', '- ', '`');
    check(
      property(
        record({ sizes: lengths, mark: marks, a: nat(), b: nat(), width: integer({ min: 1, max: 9 }) }),
        ({ sizes, mark, a, b, width }) => {
          let next = 0;
          const lines = sizes.map((size) => {
            const line = words(next, size);
            next += size;
            return line;
          });
          const text = lines.map((line) => mark + line.join(' ')).join('\r\n');
          const filled = lines.flatMap((line, n) => (line.length > 0 ? [n] : []));
          const [one = 0, other = 0] = [filled[a % (filled.length || 1)], filled[b % (filled.length || 1)]];
          const [first, last] = [Math.min(one, other), Math.max(one, other)];
          const wanted = lines.slice(first, last + 1).flat();
          const piece = wanted.map((word, n) => word + (n % width === width - 1 ? '\n' : ' ')).join('');
          assert.deepEqual(matchLines(piece, text)?.lines, wanted.length === 0 ? undefined : [first, last]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes no longer than a moment in a file of a megabyte that has it everywhere', () => {
    const text = `${reset}\n`.repeat(8_000);
    const before = performance.now();
    assert.deepEqual(matchLines(reset, text)?.lines, [0, 0]);
    assert.ok(performance.now() - before < 3_000);
  });
});
