import assert from 'node:assert/strict';
import type { ChatState } from '../../src/conversation/protocol.ts';
import { someQuestion } from '../support/conversations.ts';
import type { ChatPage } from './chatPage.ts';
import { submittedInputs } from './formStates.ts';
import { freshPage } from './freshPage.ts';
import { states } from './states.ts';

function stateOf(name: string): ChatState {
  return states[name]?.() ?? assert.fail(name);
}

describe('An app that is run, in the page', () => {
  let chat: ChatPage;
  freshPage((page) => {
    chat = page;
  });

  const press = (name: string) => chat.page.getByRole('button', { name, exact: true }).click();
  const focused = () =>
    chat.page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent || '');

  it('begins with its form, which Ctrl+Enter runs once nothing is to be mended', async () => {
    await chat.snapshot(stateOf('run-form'));
    assert.equal(await chat.page.locator('textarea[data-first-focus]').count(), 0);
    await press('Run');
    await chat.painted();
    assert.deepEqual(await chat.posted('run'), []);
    assert.equal(await focused(), 'input-0');
    await chat.page.getByLabel('Customer name').fill('Ada');
    await chat.page.getByLabel('Product').selectOption('X300 router');
    await chat.page.getByLabel('What happened?').fill('It is gone.');
    await chat.page.keyboard.press('Control+Enter');

    const [run] = await chat.posted('run');
    assert.equal(run?.key, 'k1');
    assert.deepEqual([run.values['name'], run.values['happened']], ['Ada', 'It is gone.']);
  });

  it('runs: the form goes, and comes back with what it was run with', async () => {
    await chat.snapshot(stateOf('run-form'));
    const { askedAt } = someQuestion({});
    await chat.events(
      { type: 'inputsSet', inputs: submittedInputs },
      { ...someQuestion({ key: '1' }), askedAt, typed: 'Ada Lovelace, X200 router', inputs: submittedInputs },
      {
        type: 'run',
        key: '1',
        event: { type: 'started', messageId: undefined, conversationId: undefined, runId: 'r', stoppable: true },
      },
      { type: 'run', key: '1', event: { type: 'textAppended', text: 'Some words' } },
    );
    await chat.painted();
    assert.equal(await chat.page.locator('form').count(), 0);
    assert.equal(await focused(), 'Stop');
    await press('Stop');
    assert.equal((await chat.posted('stop')).length, 1);

    await chat.events(
      { type: 'run', key: '1', event: { type: 'outputsGiven', outputs: { said: 'Some words', words: 2 } } },
      { type: 'run', key: '1', event: { type: 'answered', usage: undefined } },
    );
    await chat.painted();
    assert.deepEqual(await chat.page.locator('.turn.answer :is(.output-name, .md)').allInnerTexts(), [
      'said',
      'Some words',
      'words',
      '2',
    ]);
    await press('New Run…');
    await chat.painted();
    assert.equal(await focused(), 'input-0');
    assert.equal(await chat.page.getByLabel('Customer name').inputValue(), 'Ada Lovelace');
    assert.ok(await chat.page.getByLabel('Search the ticket archive too').isChecked());
    await press('Cancel');
    await chat.painted();
    assert.equal(await chat.page.locator('form').count(), 0);
    assert.equal(await focused(), 'New Run…');
  });

  it('is run again with the same inputs, or with changed ones', async () => {
    await chat.snapshot(stateOf('run-again'));
    await press('Run Again');
    assert.deepEqual(await chat.posted('askAgain'), [{ type: 'askAgain', key: '1' }]);

    await chat.page.locator('.ask-bubble').hover();
    await press('Run Again with Changed Inputs…');
    assert.deepEqual(await chat.posted('refill'), [{ type: 'refill', of: '1' }]);
    await chat.page.getByRole('form', { name: 'What Ticket Report is run with' }).waitFor();

    await press('More actions');
    const items = await chat.page.getByRole('menuitem').allInnerTexts();
    assert.ok(!items.some((item) => /Fork|Quote/.test(item)), items.join());
    assert.ok(items.includes('Copy Run ID'), items.join());
  });

  it('says all that it was run with, in one line that opens', async () => {
    await chat.snapshot(stateOf('outputs'));
    await chat.page.locator('.ask-bubble summary').click();

    const shown = await chat.page.locator('.ask-bubble dl > div').allInnerTexts();
    assert.ok(
      shown.some((row) => /^Log files\s+router-2026-11-20\.log, f2$/.test(row)),
      shown.join(' | '),
    );
    assert.ok(
      shown.some((row) => /^Search the ticket archive too\s+Yes$/.test(row)),
      shown.join(' | '),
    );
  });

  it('is found in what it was run with and in its outputs', async () => {
    await chat.snapshot(stateOf('outputs'));
    await chat.events({ type: 'command', command: 'find' });
    for (const [query, times] of [
      ['Ada Lovelace', 1],
      ['VPN', 3],
      ['summary', 1],
      ['router-2026', 1],
      ['4711', 1],
    ] as const) {
      await chat.page.locator('.find .field').fill(query);
      await chat.painted();
      const coloured = await chat.page.evaluate(() => CSS.highlights.get('dc-find')?.size ?? 0);
      assert.equal(await chat.page.locator('.find output').innerText(), `${times} of ${times}`, query);
      assert.equal(coloured, times, query);
    }
  });

  it('is copied as Markdown, each output under its name', async () => {
    await chat.snapshot(stateOf('outputs'));
    await press('Copy answer');

    const [copied] = await chat.posted('copy');
    assert.match(
      copied?.text ?? '',
      /^### summary\n\nThe VPN.*\n\n### urgency\n\n7\n\n### escalate\n\ntrue\n\n### tickets\n\n```json\n\[/s,
    );
  });

  it('says which version is pinned, where it can be changed', async () => {
    await chat.snapshot(stateOf('outputs'));
    await chat.page.getByRole('button', { name: /Runs the pinned version de300000/ }).click();

    assert.equal((await chat.posted('pinVersion')).length, 1);
  });
});
