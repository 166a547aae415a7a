import assert from 'node:assert/strict';
import { exportJson, exportMarkdown } from '../../../src/conversation/exported.ts';
import { newRun } from '../../../src/conversation/run.ts';
import { someConversation, someMessage } from '../../support/conversations.ts';
import { t } from '../../support/english.ts';

const app = { name: 'Support Copilot', mode: 'chat', host: 'dify.lab' };
const citation = {
  position: 1,
  dataset_name: 'Manuals',
  document_name: 'router.md',
  document_id: 'd1',
  segment_id: 's1',
  score: 0.9,
  content: 'Hold the button.',
};
const run = {
  ...newRun,
  text: '<think>Hm.</think>Hold the **button**.',
  status: { type: 'done' },
  citations: [citation, citation],
} as const;
const context = { key: 'x', kind: 'file', name: 'src/a.ts', lines: [3, 9], size: 40 } as const;
const picture = { name: 'dot.png', type: 'image', size: 70, mapping: {}, thumbnail: undefined } as const;
const first = someMessage({
  query: 'sent text',
  typed: 'Reset it?',
  contexts: [context],
  files: [picture],
  askedAt: 0,
  run,
});
const second = someMessage({ query: 'And?', run: { ...newRun, text: 'It', status: { type: 'stopped' } } });
const conversation = someConversation({ key: 'k', id: 'c1', name: 'Reset', messages: [first, second] });

describe('Exported conversations', () => {
  it('are readable as Markdown, with times, what was attached, sources and how an answer ended', () => {
    assert.equal(
      exportMarkdown(app, [conversation], t),
      `# Reset

Support Copilot · dify.lab

## You · 1970-01-01 00:00 UTC

*Attached: src/a.ts:3–9, dot.png*

Reset it?

## Support Copilot

Hold the **button**.

Sources:

- router.md

## You · 1970-01-01 00:00 UTC

And?

## Support Copilot

It

*Stopped.*
`,
    );
  });

  it('are JSON of a version, from which nothing of the answer is missing', () => {
    const file = JSON.parse(exportJson(app, [conversation])) as {
      readonly version: number;
      readonly conversations: readonly { readonly id: string; readonly messages: readonly Record<string, unknown>[] }[];
    };

    assert.equal(file.version, 1);
    assert.equal(file.conversations[0]?.id, 'c1');
    assert.equal(file.conversations[0].messages[0]?.['question'], 'Reset it?');
    assert.equal(file.conversations[0].messages[0]['answer'], run.text);
    assert.equal(file.conversations[0].messages[1]?.['status'], 'stopped');
  });
});
