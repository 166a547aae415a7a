import assert from 'node:assert/strict';
import { fillTemplate, variablesIn } from '../../../src/conversation/template.ts';

describe('A template', () => {
  it('names its variables', () => {
    const named = variablesIn('${selectedText} in ${targetLanguage}, ${selectedText}, ${env:HOME}, ${nothing}, $input');

    assert.deepEqual([...named], ['selectedText', 'targetLanguage']);
  });

  it('is filled once: what a text says is never taken for a variable', () => {
    const values = { selectedText: '${clipboard} $& $1', clipboard: 'secret' };

    assert.equal(fillTemplate('${selectedText}', values), '${clipboard} $& $1');
  });

  it('keeps what it does not know, and leaves nothing where there is no value', () => {
    assert.equal(fillTemplate('${HOME}/${fileBasename}${input}', { fileBasename: 'a.md' }), '${HOME}/a.md');
  });

  it('is a constant without variables', () => {
    assert.equal(fillTemplate('friendly', {}), 'friendly');
  });

  it('keeps every character of a text that it consists of', () => {
    const text = '\n  one\r\n\r\n\ttwo \n';

    assert.equal(fillTemplate('${selectedText}', { selectedText: text }), text);
  });

  it('sets a text apart that stands beside others, with a marker that the text cannot know', () => {
    const values = { instruction: 'Fix it.', selectedText: 'a\n\nb', diagnostics: 'line 1' };

    const filled = fillTemplate('${instruction}\n\n${diagnostics}\n\n${selectedText}', values, 'm1');

    assert.equal(
      filled,
      'Fix it.\n\n<diagnostics-m1>\nline 1\n</diagnostics-m1>\n\n<selectedText-m1>\na\n\nb\n</selectedText-m1>',
    );
    const again = fillTemplate('${instruction}\n${selectedText}', values);
    assert.notEqual(again, fillTemplate('${instruction}\n${selectedText}', values));
  });

  it('leaves no gap where a text is empty', () => {
    assert.equal(fillTemplate('Explain this.\n\n${diagnostics}', {}), 'Explain this.');
    assert.equal(
      fillTemplate('${instruction}\n\n${selectedText}', { selectedText: 'x' }, 'm'),
      '<selectedText-m>\nx\n</selectedText-m>',
    );
  });
});
