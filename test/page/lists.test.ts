import assert from 'node:assert/strict';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { apps, choice, conversationRows, list, listStates, openPanel, variables } from './listStates.ts';
import { state } from './states.ts';

describe('The lists of the page', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));

  const show = async (name: string): Promise<void> => {
    await chat.snapshot(state(listStates[name]?.()));
    await openPanel(chat, name);
  };
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await chat.page.keyboard.press(key);
    await chat.painted();
  };
  const focused = (): Promise<string> =>
    chat.page.evaluate(() => {
      const { activeElement: here } = document;
      return here?.getAttribute('aria-label') ?? here?.textContent ?? '';
    });

  it('opens conversations in place of the messages, with the keyboard in the search', async () => {
    await show('conversations');

    assert.equal(await focused(), 'Search conversations');
    assert.equal(await chat.page.locator('textarea').isVisible(), false);
    assert.deepEqual(await chat.posted('listConversations'), [{ type: 'listConversations', search: '', scope: 'all' }]);

    await press('Escape');
    assert.equal(await focused(), 'Reset an X200, show all conversations');
    assert.ok(await chat.page.locator('textarea').isVisible());
    await chat.waitForPosted('closeConversations');
  });

  it('finds while one types, also with an input method', async () => {
    await show('conversations');
    await chat.page.keyboard.type('ab');
    await chat.waitForPosted('listConversations', 3);

    assert.equal((await chat.posted('listConversations')).at(-1)?.search, 'ab');
    const said = async (text: string): Promise<void> =>
      chat.page.locator('[role=status]', { hasText: text }).waitFor({ state: 'attached' });
    await chat.events({ type: 'changed', state: { list: list({ search: 'ab', rows: conversationRows }) } });
    await said(`${conversationRows.length} conversations found`);
    await chat.events({ type: 'changed', state: { list: list({ search: 'ab', rows: [] }) } });
    await said('Nothing found.');
  });

  it('goes through rows by arrows and opens one by Enter', async () => {
    await show('conversations');
    await press('ArrowDown', 'ArrowDown', 'End', 'Home', 'ArrowDown', 'ArrowDown', 'Enter');
    assert.deepEqual(await chat.posted('openConversation'), [{ type: 'openConversation', key: 'k2' }]);
    assert.equal(await chat.page.getByRole('img', { name: 'Opening' }).count(), 1);

    await chat.snapshot(
      state({ ...listStates['conversations']?.(), conversation: { ...state().conversation, key: 'k2' } }),
    );
    assert.equal(await chat.page.locator('.sheet').count(), 0);
  });

  it('renames in place by F2, Enter and Esc, never with an Enter that an input method has', async () => {
    await show('conversations');
    await press('ArrowDown', 'F2');
    assert.equal(await focused(), 'Title of the conversation');
    await press('Escape');
    assert.equal(await focused(), 'Release checklist');
    assert.deepEqual(await chat.posted('rename'), []);

    await press('F2');
    await chat.page.keyboard.type('Liste');
    const composing = { key: 'Enter', isComposing: true, bubbles: true } as const;
    await chat.page
      .locator('.conv .field')
      .evaluate((field, options) => void field.dispatchEvent(new KeyboardEvent('keydown', options)), composing);
    assert.deepEqual(await chat.posted('rename'), []);
    await press('Enter');
    assert.deepEqual(await chat.posted('rename'), [{ type: 'rename', key: 'k0', name: 'Liste' }]);
  });

  it('lets a title be suggested, and keeps nothing of what was typed then', async () => {
    await show('conversations');
    await press('ArrowDown', 'F2');
    await chat.page.keyboard.type('Half');
    await chat.page.getByRole('button', { name: 'Suggest a Title' }).click();

    assert.deepEqual(await chat.posted('suggestName'), [{ type: 'suggestName', key: 'k0' }]);
    assert.deepEqual(await chat.posted('rename'), []);
  });

  it('deletes by Del, goes on at the next row, and takes it back by Ctrl+Z or the button', async () => {
    await show('conversations');
    await press('ArrowDown', 'ArrowDown', 'Delete');
    assert.deepEqual(await chat.posted('delete'), [{ type: 'delete', key: 'k1' }]);
    assert.equal(await focused(), 'Refund for 4711');

    const deleted = { key: 'k1', title: 'Reset an X200' };
    await chat.events({ type: 'changed', state: { list: list({ rows: conversationRows.slice(2), deleted }) } });
    assert.match(await chat.text('.toast'), /Deleted “Reset an X200”/);
    assert.equal(await focused(), 'Refund for 4711');
    const { conversation, ...rest } = state();
    const shown = { ...rest, list: list({ rows: conversationRows.slice(2), deleted }) };
    await chat.snapshot({ ...shown, conversation: { ...conversation, key: 'in its place' } });
    assert.equal(await focused(), 'Refund for 4711', 'also where it was the one that is shown');
    await press('Control+z');
    await chat.page.getByRole('button', { name: 'Undo' }).click();
    await chat.waitForPosted('undoDelete', 2);
  });

  it('offers which are listed below the search, whatever stands above it', async () => {
    await chat.snapshot({ ...state(listStates['conversations']?.()), notices: [{ kind: 'demo' }] });
    await openPanel(chat, 'conversations');
    await chat.page.locator('.sheet-head button').click();
    await chat.painted();
    const boxes = await Promise.all(
      [chat.page.locator('.search'), chat.page.locator('.menu')].map((one) => one.boundingBox()),
    );
    const [search, menu] = boxes;

    assert.ok((menu?.y ?? 0) >= (search?.y ?? 0) + (search?.height ?? 0), JSON.stringify(boxes));
  });

  it('pins', async () => {
    await show('conversations');
    await press('ArrowDown');
    await chat.page.getByRole('button', { name: 'Unpin' }).click();
    assert.deepEqual(await chat.posted('pin'), [{ type: 'pin', key: 'k0', pinned: false }]);
  });

  it('chooses apps by arrows, letters and Enter; Esc gives the focus back', async () => {
    await show('apps');
    assert.match(await focused(), /^Support Copilot/);
    await press('ArrowDown', 'End', 'Home', 'r', 'Enter');
    assert.deepEqual(await chat.posted('chooseApp'), [{ type: 'chooseApp', id: 'app-2' }]);
    assert.equal(await focused(), 'Support Copilot, switch app');

    await press('Enter', 'Escape');
    assert.equal(await focused(), 'Support Copilot, switch app');
    assert.equal(await chat.page.getByRole('menu').count(), 0);
  });

  it('finds one of many apps by a field', async () => {
    await chat.snapshot(
      state({ apps: [...apps, ...['Ada', 'Bob', 'Cid', 'Dot', 'Eve'].map((name) => choice(name, name))] }),
    );
    await chat.page.locator('.crumb.app').click();
    await chat.page.keyboard.type('dot');
    assert.equal(await chat.page.getByRole('menuitemradio').count(), 1);
    await press('Enter');
    assert.deepEqual(await chat.posted('chooseApp'), [{ type: 'chooseApp', id: 'Dot' }]);
  });

  it('says what the owner says of the app', async () => {
    const { app } = state();
    assert.ok(app);
    await chat.snapshot(
      state({ app: { ...app, disclaimer: 'May be wrong.', privacyPolicy: 'https://dify.lab/privacy' } }),
    );
    await chat.page.locator('.crumb.app').click();
    await chat.page.getByRole('menuitem', { name: 'About Support Copilot' }).click();

    assert.match(await chat.text('[role=dialog]'), /router manuals.*May be wrong\./s);
    await chat.page.getByRole('dialog').getByRole('link', { name: 'Privacy policy' }).click();
    assert.deepEqual(await chat.posted('openLink'), [{ type: 'openLink', href: 'https://dify.lab/privacy' }]);
    await press('Escape');
    assert.equal(await focused(), 'Support Copilot, switch app');
  });

  it('changes a variable, and stays open with what was typed while it is refused', async () => {
    await show('variables');
    await chat.page.getByRole('button', { name: 'Edit order' }).click();
    await chat.page.keyboard.press('Control+a');
    await chat.page.keyboard.type('twelve');
    await press('Control+Enter');
    assert.deepEqual(await chat.posted('setVariable'), [{ type: 'setVariable', id: 'v1', value: 'twelve' }]);

    const refused = { ...variables, problem: 'Enter a number, for example 12.' };
    await chat.events({ type: 'changed', state: { variables: refused } });
    assert.equal(await chat.page.locator('.variable textarea').inputValue(), 'twelve');
    assert.match(await chat.text('[role=alert].sheet-note'), /Enter a number/);

    await press('Control+Enter');
    await chat.events({ type: 'changed', state: { variables: { ...variables } } });
    assert.equal(await chat.page.locator('.variable textarea').count(), 0);
    await press('Escape');
    await chat.waitForPosted('closeVariables');
  });
});
