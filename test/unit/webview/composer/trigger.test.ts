import assert from 'node:assert/strict';
import { triggerAt } from '../../../../src/webview/composer/trigger.ts';

/** What is found where `|` stands for the cursor. */
function found(marked: string): string {
  const caret = marked.indexOf('|');
  const trigger = triggerAt(marked.replace('|', ''), caret);
  return trigger === undefined ? '' : `${trigger.type} ${trigger.from} ${trigger.filter}`.trimEnd();
}

describe('triggerAt', () => {
  for (const [text, expected] of [
    ['@|', 'mention 0'],
    ['see @cli|', 'mention 4 cli'],
    ['see @src/a.ts| now', 'mention 4 src/a.ts'],
    ['请看@客户|', 'mention 2 客户'],
    ['(@|', 'mention 1'],
    ['one\n@|', 'mention 4'],
    ['me@example.org|', ''],
    ['see @cli |', ''],
    ['see |@cli', ''],
    ['/|', 'slash 0'],
    ['/ne|', 'slash 0 ne'],
    ['/new |', ''],
    ['a /|', ''],
    ['\n/|', ''],
    ['and/or|', ''],
    [`@${'x'.repeat(300)}|`, ''],
  ] as const) {
    it(`finds “${expected}” in ${JSON.stringify(text.slice(0, 30))}`, () => assert.equal(found(text), expected));
  }
});
